import type { EncryptionType, ServerSideEncryption, ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, type CallOptions } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { withoutUndefined } from './mapping.ts';
import { ifConfigured } from './s3-errors.ts';
import { record, texts } from './shapes.ts';

/**
 * How objects of a bucket are encrypted that do not say so themselves.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionRule.html
 */
export interface BucketEncryption {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** Name or ARN of the KMS key. Default: the account's own for S3. */
  readonly keyId?: string | undefined;
  /** One key for the whole bucket instead of one call to KMS for each object. */
  readonly bucketKey?: boolean | undefined;
  /** Kinds of encryption that uploads may not ask for: `SSE-C`, or `NONE` to allow all. */
  readonly blockedTypes?: readonly string[] | undefined;
}

const { oneOf, text, yesOrNo } = checks;
const ENCRYPTION = record({ algorithm: oneOf('AES256', 'aws:kms', 'aws:kms:dsse') }, { keyId: text, bucketKey: yesOrNo, blockedTypes: texts });

export async function getBucketEncryption(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<BucketEncryption | undefined> {
  const call = control.check.bucket('getBucketEncryption', bucket, options, STORAGE_OPTIONS.call);
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketEncryptionCommand({ Bucket: bucket })));
  const rule = answer?.ServerSideEncryptionConfiguration?.Rules?.[0];
  return rule && toEncryption(rule);
}

export async function putBucketEncryption(control: ControlPlane, bucket: string, encryption: BucketEncryption, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketEncryption', bucket, options, STORAGE_OPTIONS.call);
  assertArgument(encryption, 'encryption', ENCRYPTION, call);
  const configuration = { Rules: [fromEncryption(encryption)] };
  await control.send(call, options, (sdk) => new sdk.PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: configuration }));
}

export async function deleteBucketEncryption(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('deleteBucketEncryption', bucket, options, STORAGE_OPTIONS.call);
  await control.send(call, options, (sdk) => new sdk.DeleteBucketEncryptionCommand({ Bucket: bucket }));
}

export function toEncryption({ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled, BlockedEncryptionTypes }: ServerSideEncryptionRule): BucketEncryption {
  return withoutUndefined({
    algorithm: (byDefault?.SSEAlgorithm ?? 'AES256') as BucketEncryption['algorithm'],
    keyId: byDefault?.KMSMasterKeyID,
    bucketKey: BucketKeyEnabled,
    blockedTypes: BlockedEncryptionTypes?.EncryptionType,
  });
}

export function fromEncryption({ algorithm, keyId, bucketKey, blockedTypes }: BucketEncryption): ServerSideEncryptionRule {
  return {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm satisfies ServerSideEncryption, KMSMasterKeyID: keyId },
    BucketKeyEnabled: bucketKey,
    BlockedEncryptionTypes: blockedTypes && { EncryptionType: blockedTypes as EncryptionType[] },
  };
}
