import type { CORSRule as SdkRule } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, type CallOptions, type CorsRule } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { withoutUndefined } from './mapping.ts';
import { ifConfigured } from './s3-errors.ts';
import { listOf, record, someOf, texts } from './shapes.ts';

/** A cross-origin rule. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html */
export interface S3CorsRule extends CorsRule {
  readonly id?: string | undefined;
}

const { text, wholeNumber } = checks;
const RULES = listOf(record({ allowedOrigins: someOf(text), allowedMethods: someOf(text) }, { id: text, allowedHeaders: texts, exposedHeaders: texts, maxAgeInSeconds: wholeNumber }));

export async function getBucketCors(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<S3CorsRule[]> {
  const call = control.check.bucket('getBucketCors', bucket, options, STORAGE_OPTIONS.call, 'cors');
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketCorsCommand({ Bucket: bucket })));
  return (answer?.CORSRules ?? []).map(toCorsRule);
}

/** No rules remove what there are, which S3 has a request of its own for. */
export async function putBucketCors(control: ControlPlane, bucket: string, rules: readonly S3CorsRule[], options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketCors', bucket, options, STORAGE_OPTIONS.call, 'cors');
  assertArgument(rules, 'rules', RULES, call);
  if (rules.length === 0) await control.send(call, options, (sdk) => new sdk.DeleteBucketCorsCommand({ Bucket: bucket }));
  else await control.send(call, options, (sdk) => new sdk.PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: rules.map(fromCorsRule) } }));
}

export async function deleteBucketCors(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('deleteBucketCors', bucket, options, STORAGE_OPTIONS.call, 'cors');
  await control.send(call, options, (sdk) => new sdk.DeleteBucketCorsCommand({ Bucket: bucket }));
}

export function toCorsRule({ ID, AllowedOrigins, AllowedMethods, AllowedHeaders, ExposeHeaders, MaxAgeSeconds }: SdkRule): S3CorsRule {
  return withoutUndefined({
    id: ID,
    allowedOrigins: AllowedOrigins ?? [],
    allowedMethods: AllowedMethods ?? [],
    allowedHeaders: AllowedHeaders,
    exposedHeaders: ExposeHeaders,
    maxAgeInSeconds: MaxAgeSeconds,
  });
}

export function fromCorsRule({ id, allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders, maxAgeInSeconds }: S3CorsRule): SdkRule {
  return {
    ID: id,
    AllowedOrigins: [...allowedOrigins],
    AllowedMethods: [...allowedMethods],
    AllowedHeaders: allowedHeaders && [...allowedHeaders],
    ExposeHeaders: exposedHeaders && [...exposedHeaders],
    MaxAgeSeconds: maxAgeInSeconds,
  };
}
