import { registerChecksum, type AccessKeyCredentials, type StorageCapabilities } from '@cmx/cloud-core';
import type { WireClientOptions } from '@cmx/conformance';
import { S3_DIALECTS, S3CompatibleClient, type S3CompatibleClientOptions, type S3Dialect } from '../src/index.ts';
import { digest } from '../src/testing/digests.ts';
import { S3Service, startS3Service, type S3ServiceOptions } from '../src/testing/index.ts';

/** The package that computes CRC-64 natively is large and optional; the service's own slow sum serves here. */
registerChecksum('crc64nvme', () => {
  const chunks: Uint8Array[] = [];
  return { update: (chunk) => void chunks.push(chunk.slice()), digest: () => digest('crc64nvme', Buffer.concat(chunks)) };
});

/** Small parts, so that multipart cases need no tens of megabytes. */
export const TEST_PART_BYTES = 16 * 1024;

const { aws } = S3_DIALECTS;

/** AWS's dialect with the test service's small parts, and with copies in parts where objects are not very small. */
export const TEST_DIALECT = {
  ...aws,
  capabilities: { ...aws.capabilities, limits: { ...aws.capabilities.limits, minPartBytes: TEST_PART_BYTES, maxSingleCopyBytes: 20 * TEST_PART_BYTES } },
} as const satisfies S3Dialect;

/** What interceptors cannot see: they parse URLs, which resolves dot segments. */
export const INTERCEPTED_DIALECT = {
  ...TEST_DIALECT,
  capabilities: { ...TEST_DIALECT.capabilities, facts: { ...TEST_DIALECT.capabilities.facts, dotSegments: false } },
} as const satisfies S3Dialect;

export function createService(options: S3ServiceOptions = {}): S3Service {
  return new S3Service({ minPartBytes: TEST_PART_BYTES, ...options });
}

/** The keys of a service's first user. */
export function credentialsOf({ identity }: S3Service): AccessKeyCredentials {
  return { kind: 'access_key', ...identity };
}

export function clientOf<C extends StorageCapabilities = typeof TEST_DIALECT.capabilities>(service: S3Service, endpoint: string, options: S3CompatibleClientOptions<C> = {}): S3CompatibleClient<C> {
  return new S3CompatibleClient<C>({ endpoint, dialect: TEST_DIALECT as unknown as S3Dialect<C>, credentials: credentialsOf(service), addressing: 'path', ...options });
}

/** A service behind a loopback server, and a client of it. */
export async function serveService(options: S3ServiceOptions = {}) {
  const running = await startS3Service({ minPartBytes: TEST_PART_BYTES, ...options });
  return { ...running, client: (clientOptions: S3CompatibleClientOptions = {}) => clientOf<StorageCapabilities>(running.service, running.url, clientOptions) };
}

/** A client that meets faults. Refused credentials are answered with those of a new identity. */
export function wireClient(service: S3Service, endpoint: string, { onRenewal, ...options }: WireClientOptions): S3CompatibleClient {
  if (onRenewal === undefined) return clientOf<StorageCapabilities>(service, endpoint, options);
  let asked = 0;
  const credentials = async (): Promise<AccessKeyCredentials> => {
    if (asked++ > 0) onRenewal();
    const identity = { accessKeyId: `CMXTEMPORARY${String(asked)}`, secretAccessKey: 'temporary-secret', sessionToken: `token-${String(asked)}` };
    service.addIdentity(identity);
    return { kind: 'access_key', ...identity };
  };
  return clientOf<StorageCapabilities>(service, endpoint, { ...options, credentials });
}
