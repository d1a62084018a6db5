import type { CallOptions } from '@cmx/cloud-core';
import { HttpFunnel, type HttpClientOptions, type ResponseHeaders } from '@cmx/http';
import type { S3DialectName } from '../dialects/dialect.ts';
import { decodeS3Error, S3_REQUEST_ID_HEADERS } from '../s3-errors.ts';

/** Who a server says it is. */
export interface Identity {
  /** Absent when nothing gives it away. */
  readonly name: Exclude<S3DialectName, 'generic'> | undefined;
  /** What gave it away: a host name or a header. */
  readonly evidence: string;
}

const HOSTS: readonly [pattern: RegExp, name: NonNullable<Identity['name']>][] = [
  [/\.amazonaws\.com(?:\.cn)?$/, 'aws'],
  [/\.r2\.cloudflarestorage\.com$/, 'r2'],
  [/\.backblazeb2\.com$/, 'b2'],
  [/\.infomaniak\.cloud$/, 'infomaniak'],
];

const SERVERS: readonly [pattern: RegExp, name: NonNullable<Identity['name']>][] = [
  [/^AmazonS3/i, 'aws'],
  [/^MinIO/i, 'minio'],
  [/^Garage/i, 'garage'],
  [/^Ceph/i, 'ceph'],
];

/** Tells a service by its host, its `Server` header, or the form of its request ids. */
export function identify(endpoint: string, headers: ResponseHeaders): Identity {
  const { hostname } = new URL(endpoint);
  const server = headers.get('server') ?? '';
  const byHost = HOSTS.find(([pattern]) => pattern.test(hostname));
  if (byHost !== undefined) return { name: byHost[1], evidence: `host ${hostname}` };
  const byServer = SERVERS.find(([pattern]) => pattern.test(server));
  if (byServer !== undefined) return { name: byServer[1], evidence: `Server: ${server}` };
  const requestId = headers.get('x-amz-request-id') ?? '';
  const transaction = headers.get('x-trans-id') ?? '';
  if (transaction !== '') return { name: 'swift', evidence: `X-Trans-Id: ${transaction}` };
  if (/^tx[\da-f]{20,}-[\da-f]+-[\da-f]+-/.test(requestId)) return { name: 'ceph', evidence: `x-amz-request-id: ${requestId}` };
  return { name: undefined, evidence: server === '' ? 'no Server header' : `Server: ${server}` };
}

/** Asks the endpoint for anything, unsigned: the refusal tells as much as an answer would. */
export async function identifyEndpoint(endpoint: string, options: Pick<HttpClientOptions, 'transport' | 'timeouts' | 'retry'>, call: CallOptions): Promise<Identity> {
  const http = new HttpFunnel({ ...options, provider: 's3-compatible', service: 's3', baseUrl: endpoint, decodeError: decodeS3Error, requestIdHeaders: S3_REQUEST_ID_HEADERS });
  try {
    const { headers } = await http.request({ operation: 'probeS3Endpoint', method: 'GET', path: '/', accept: [301, 302, 307, 400, 401, 403, 404, 405], collect: true }, call);
    return identify(endpoint, headers);
  } finally {
    await http.close();
  }
}
