import { InvalidArgumentError, STORAGE_OPTIONS, type PresignedPost, type PresignPostOptions } from '@cmx/cloud-core';
import { encodeHeaderText, toBase64 } from '../objects/header-text.ts';
import type { S3Context } from '../s3-context.ts';
import { DEFAULT_EXPIRY_IN_SECONDS, expiryOf } from './presign-url.ts';

type Condition = Readonly<Record<string, string>> | readonly ['content-length-range', number, number];

/**
 * Makes an HTML form's fields for one key. The policy in it fixes every field, and the size if bounds are given.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export async function generatePresignedPost({ connection, check, dialect }: S3Context, bucket: string, key: string, options: PresignPostOptions = {}): Promise<PresignedPost> {
  const call = check.object('generatePresignedPost', bucket, key, options, STORAGE_OPTIONS.presignPost, 'presignedPost');
  const { expiresInSeconds = DEFAULT_EXPIRY_IN_SECONDS, minSizeInBytes = 0, maxSizeInBytes = dialect.capabilities.limits.maxSinglePutBytes } = options;
  if (minSizeInBytes > maxSizeInBytes) throw new InvalidArgumentError('minSizeInBytes is above maxSizeInBytes', call);
  const context = await connection.signingContext(bucket, options);
  const expiresAt = expiryOf(context, expiresInSeconds);
  const fields = { key, ...formFields(options), ...connection.signer.formFields(context) };
  const conditions: Condition[] = [{ bucket }, ...Object.entries(fields).map(([name, value]) => ({ [name]: value }))];
  if (options.minSizeInBytes !== undefined || options.maxSizeInBytes !== undefined) conditions.push(['content-length-range', minSizeInBytes, maxSizeInBytes]);
  const policy = toBase64(new TextEncoder().encode(JSON.stringify({ expiration: expiresAt.toISOString(), conditions })));
  const signature = await connection.signer.signPolicy(policy, context);
  const { origin, path } = connection.address(bucket);
  return { url: `${origin}${path}/`, fields: { ...fields, policy, 'x-amz-signature': signature }, expiresAt };
}

function formFields({ contentType, metadata }: PresignPostOptions): Record<string, string> {
  const fields = Object.entries(metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, encodeHeaderText(value)]);
  return Object.fromEntries(contentType === undefined ? fields : [['Content-Type', contentType], ...fields]) as Record<string, string>;
}
