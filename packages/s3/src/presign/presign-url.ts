import { InvalidArgumentError, STORAGE_OPTIONS, type Call, type PresignedUrl, type PresignOptions } from '@cmx/cloud-core';
import { contentHeaders, type RequestHeaders } from '../objects/store-headers.ts';
import type { S3Context } from '../s3-context.ts';
import { UNSIGNED_PAYLOAD } from '../signing/sigv4-signer.ts';
import { encodeKey, queryString } from '../urls.ts';

export const DEFAULT_EXPIRY_IN_SECONDS = 900;

/**
 * Signs a request for somebody else to send. Every header it returns is signed, and nothing is in it that the caller did not ask
 * for: no checksum, no type.
 */
export async function generatePresignedUrl({ connection, check }: S3Context, bucket: string, key: string, options: PresignOptions = {}): Promise<PresignedUrl> {
  const call = check.object('generatePresignedUrl', bucket, key, options, STORAGE_OPTIONS.presign);
  check.assertPresignable(key, call);
  const { method = 'GET', expiresInSeconds = DEFAULT_EXPIRY_IN_SECONDS, versionId } = options;
  const headers = signedHeaders(options, call);
  if (options.responseHeaders !== undefined && method !== 'GET') throw new InvalidArgumentError('The option responseHeaders is for GET', call);
  const context = await connection.signingContext(bucket, options);
  const { origin, path } = connection.address(bucket);
  const query = queryString({ ...(options.responseHeaders && contentHeaders(options.responseHeaders, 'response-')), versionId });
  const request = { method, host: origin.slice(origin.indexOf('://') + 3), path: `${path}/${encodeKey(key)}${query}`, headers };
  const signed = await connection.signer.presign(request, expiresInSeconds, UNSIGNED_PAYLOAD, context);
  return { method, url: origin + signed, headers, expiresAt: expiryOf(context, expiresInSeconds) };
}

function signedHeaders({ method = 'GET', contentType, headers = {} }: PresignOptions, call: Call): RequestHeaders {
  const signed: RequestHeaders = {};
  for (const name in headers) signed[name.toLowerCase()] = headers[name] ?? '';
  if (contentType !== undefined) signed['content-type'] = contentType;
  if (method !== 'PUT' && Object.keys(signed).length > 0) throw new InvalidArgumentError('The options contentType and headers are for PUT', call);
  if (signed.host !== undefined) throw new InvalidArgumentError('The header "host" is signed by itself', call);
  return signed;
}

/** A signature does not outlive the credentials it was made with. */
export function expiryOf({ credentials, now }: { credentials: { readonly expiresAt?: Date | undefined }; now: number }, expiresInSeconds: number): Date {
  const expiry = (Math.floor(now / 1000) + expiresInSeconds) * 1000;
  return new Date(Math.min(expiry, credentials.expiresAt?.getTime() ?? expiry));
}
