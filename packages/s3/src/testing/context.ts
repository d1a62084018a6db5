import type { SignedRequest, Verifier } from './signature.ts';
import { S3Failure, noSuchBucket } from './failure.ts';
import type { Bucket } from './bucket.ts';

/** One request on its way through the service. */
export interface Context extends SignedRequest {
  readonly buckets: Map<string, Bucket>;
  readonly bucketName: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly verifier: Verifier;
  readonly minPartBytes: number;
  readonly now: () => number;
}

export function requireBucket({ buckets, bucketName }: Context): Bucket {
  const bucket = buckets.get(bucketName);
  if (!bucket) throw noSuchBucket(bucketName);
  return bucket;
}

export function bodyText({ body }: Context): string {
  return Buffer.from(body).toString('utf8');
}

export function xmlResponse(xml: string, headers: Record<string, string> = {}): Response {
  return new Response(xml, { headers: { 'content-type': 'application/xml', ...headers } });
}

/** Node writes headers one byte a character, and S3 answers metadata as it stored it: ASCII, or refused. */
export function requireAscii(name: string, value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) throw new S3Failure(400, 'InvalidArgument', `Header ${name} is not ASCII.`);
  return value;
}
