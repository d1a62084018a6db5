import { toBase64 } from './base64.ts';
import type { ChecksumAlgorithm, ChecksumFactory } from './checksum.ts';
import { crcFactory, type Crc32 } from './checksum-factories.ts';

/** Implementations that come as packages: what to install, and how the checksum is got out of it. */
interface OptionalChecksum {
  readonly packageName: string;
  load(): Promise<ChecksumFactory>;
}

export const OPTIONAL_CHECKSUMS: Readonly<Partial<Record<ChecksumAlgorithm, OptionalChecksum>>> = {
  crc32: nodeRs('crc32'),
  crc32c: nodeRs('crc32c'),
  crc64nvme: { packageName: 'aws-crt', load: loadCrc64 },
};

/** Names are variables so that bundlers leave optional packages alone. */
function load(packageName: string): Promise<unknown> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ packageName);
}

function nodeRs(algorithm: 'crc32' | 'crc32c'): OptionalChecksum {
  const packageName = '@node-rs/crc32';
  return {
    packageName,
    load: async () => crcFactory(((await load(packageName)) as Record<string, Crc32>)[algorithm] as Crc32),
  };
}

type Crc64 = (chunk: Uint8Array, previous?: DataView) => DataView;

async function loadCrc64(): Promise<ChecksumFactory> {
  const { checksums } = (await load('aws-crt')) as { checksums: { crc64nvme: Crc64 } };
  return () => {
    let value: DataView | undefined;
    return {
      update: (chunk) => void (value = checksums.crc64nvme(chunk, value)),
      digest: () => toBase64(value ? new Uint8Array(value.buffer, value.byteOffset, 8) : new Uint8Array(8)),
    };
  };
}
