import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Failure, invalidRequest } from './failure.ts';

export const CHECKSUM_NAMES = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof CHECKSUM_NAMES)[number];

/** A reflected CRC, bit by bit from a table: slow and plain, and nobody else's code. */
function reflectedCrc(bytes: Uint8Array, polynomial: bigint, width: bigint): bigint {
  const mask = (1n << width) - 1n;
  const table = Array.from({ length: 256 }, (_, index) => {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    return value;
  });
  let crc = mask;
  for (const byte of bytes) crc = (crc >> 8n) ^ (table[Number((crc ^ BigInt(byte)) & 0xffn)] ?? 0n);
  return crc ^ mask;
}

function base64Of(value: bigint, bytes: number): string {
  return Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex').toString('base64');
}

export function digest(name: ChecksumName | 'md5', bytes: Uint8Array): string {
  switch (name) {
    case 'crc32':
      return base64Of(BigInt(crc32(bytes)), 4);
    case 'crc32c':
      return base64Of(reflectedCrc(bytes, 0x82f63b78n, 32n), 4);
    case 'crc64nvme':
      return base64Of(reflectedCrc(bytes, 0x9a6c9329ac4bc9b5n, 64n), 8);
    default:
      return createHash(name).update(bytes).digest('base64');
  }
}

export function md5Hex(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** The checksums a request carries, each held against its body. @throws {S3Failure} */
export function verifyDigests(headers: Headers, body: Uint8Array): Partial<Record<ChecksumName, string>> {
  const md5 = headers.get('content-md5');
  if (md5 !== null) {
    if (Buffer.from(md5, 'base64').length !== 16) throw new S3Failure(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
    if (md5 !== digest('md5', body)) throw new S3Failure(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const kept: Partial<Record<ChecksumName, string>> = {};
  for (const name of CHECKSUM_NAMES) {
    const claimed = headers.get(`x-amz-checksum-${name}`);
    if (claimed === null) continue;
    if (claimed !== digest(name, body)) throw new S3Failure(400, 'BadDigest', `The ${name.toUpperCase()} you specified did not match the calculated checksum.`);
    kept[name] = claimed;
  }
  if (Object.keys(kept).length > 1) throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  return kept;
}
