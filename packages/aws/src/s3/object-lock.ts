import type { ObjectLockConfiguration, ObjectLockRetention, ObjectLockRetentionMode } from '@aws-sdk/client-s3';
import { assertArgument, checks, CloudError, STORAGE_OPTIONS, type Call, type CallOptions, type Check, type ObjectRetention } from '@cmx/cloud-core';
import type { VersionOptions } from '@cmx/s3';
import type { ControlPlane } from './control-plane.ts';
import { withoutUndefined } from './mapping.ts';
import type { PutObjectRetentionOptions } from './s3-client-options.ts';
import { ifConfigured } from './s3-errors.ts';
import { record } from './shapes.ts';

/** What a bucket does with its objects' versions. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export interface BucketObjectLock {
  /** How long new objects are kept from deletion unless they say otherwise: days or years, not both. */
  readonly defaultRetention?: { readonly mode: ObjectRetention['mode']; readonly days?: number | undefined; readonly years?: number | undefined } | undefined;
}

const { date, oneOf, positiveInteger, yesOrNo } = checks;
const MODE = oneOf('governance', 'compliance');
const RETENTION = record({ mode: MODE, retainUntil: date });
const PERIOD = record({ mode: MODE }, { days: positiveInteger, years: positiveInteger });
const EITHER: Check = (value) => {
  const { days, years } = value as NonNullable<BucketObjectLock['defaultRetention']>;
  return (days === undefined) === (years === undefined) ? 'must have either days or years' : undefined;
};
const OBJECT_LOCK = record({}, { defaultRetention: (value) => PERIOD(value) ?? EITHER(value) });
const RETENTION_OPTIONS = { ...STORAGE_OPTIONS.objectVersion, bypassGovernance: { check: yesOrNo } };

export async function getObjectRetention(control: ControlPlane, bucket: string, key: string, options: VersionOptions = {}): Promise<ObjectRetention | undefined> {
  const call = control.check.object('getObjectRetention', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'objectLock');
  const input = { Bucket: bucket, Key: key, VersionId: options.versionId };
  const answer = await ifLocked(control, bucket, call, options, (callOptions) => control.send(call, callOptions, (sdk) => new sdk.GetObjectRetentionCommand(input)));
  return toRetention(answer?.Retention);
}

export async function putObjectRetention(control: ControlPlane, bucket: string, key: string, retention: ObjectRetention, options: PutObjectRetentionOptions = {}): Promise<void> {
  const call = control.check.object('putObjectRetention', bucket, key, options, RETENTION_OPTIONS, 'objectLock');
  assertArgument(retention, 'retention', RETENTION, call);
  const Retention = { Mode: toSdkMode(retention.mode), RetainUntilDate: retention.retainUntil };
  const input = { Bucket: bucket, Key: key, VersionId: options.versionId, BypassGovernanceRetention: options.bypassGovernance, Retention };
  await control.send(call, options, (sdk) => new sdk.PutObjectRetentionCommand(input));
}

export async function getObjectLegalHold(control: ControlPlane, bucket: string, key: string, options: VersionOptions = {}): Promise<boolean> {
  const call = control.check.object('getObjectLegalHold', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'objectLock');
  const input = { Bucket: bucket, Key: key, VersionId: options.versionId };
  const answer = await ifLocked(control, bucket, call, options, (callOptions) => control.send(call, callOptions, (sdk) => new sdk.GetObjectLegalHoldCommand(input)));
  return answer?.LegalHold?.Status === 'ON';
}

export async function putObjectLegalHold(control: ControlPlane, bucket: string, key: string, hold: boolean, options: VersionOptions = {}): Promise<void> {
  const call = control.check.object('putObjectLegalHold', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'objectLock');
  assertArgument(hold, 'hold', yesOrNo, call);
  await control.send(call, options, (sdk) => new sdk.PutObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: options.versionId, LegalHold: { Status: hold ? 'ON' : 'OFF' } }));
}

export async function getBucketObjectLock(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<BucketObjectLock | undefined> {
  const call = control.check.bucket('getBucketObjectLock', bucket, options, STORAGE_OPTIONS.call, 'objectLock');
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetObjectLockConfigurationCommand({ Bucket: bucket })));
  return answer?.ObjectLockConfiguration && toObjectLock(answer.ObjectLockConfiguration);
}

export async function putBucketObjectLock(control: ControlPlane, bucket: string, lock: BucketObjectLock, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketObjectLock', bucket, options, STORAGE_OPTIONS.call, 'objectLock');
  assertArgument(lock, 'lock', OBJECT_LOCK, call);
  await control.send(call, options, (sdk) => new sdk.PutObjectLockConfigurationCommand({ Bucket: bucket, ObjectLockConfiguration: fromObjectLock(lock) }));
}

/**
 * An object's lock, or `undefined` when it has none. In a bucket without object lock S3 calls the question itself an invalid
 * request, which can mean other things too: then the bucket is asked.
 */
async function ifLocked<T>(control: ControlPlane, bucket: string, call: Call, options: CallOptions, read: (options: CallOptions) => Promise<T>): Promise<T | undefined> {
  return control.within(call, options, async (callOptions) => {
    try {
      return await ifConfigured(read(callOptions));
    } catch (error) {
      if (!CloudError.is(error, 'invalid_argument') || error.vendorCode !== 'InvalidRequest') throw error;
      const lock = await ifConfigured(control.send(call, callOptions, (sdk) => new sdk.GetObjectLockConfigurationCommand({ Bucket: bucket })));
      if (lock !== undefined) throw error;
      return undefined;
    }
  });
}

function toRetention({ Mode, RetainUntilDate }: ObjectLockRetention = {}): ObjectRetention | undefined {
  return Mode && RetainUntilDate ? { mode: toMode(Mode), retainUntil: RetainUntilDate } : undefined;
}

export function toObjectLock({ Rule }: ObjectLockConfiguration): BucketObjectLock {
  const { Mode, Days, Years } = Rule?.DefaultRetention ?? {};
  return Mode ? { defaultRetention: withoutUndefined({ mode: toMode(Mode), days: Days || undefined, years: Years || undefined }) } : {};
}

export function fromObjectLock({ defaultRetention }: BucketObjectLock): ObjectLockConfiguration {
  if (defaultRetention === undefined) return { ObjectLockEnabled: 'Enabled' };
  const { mode, days, years } = defaultRetention;
  return { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: toSdkMode(mode), Days: days, Years: years } } };
}

function toMode(mode: ObjectLockRetentionMode): ObjectRetention['mode'] {
  return mode === 'COMPLIANCE' ? 'compliance' : 'governance';
}

function toSdkMode(mode: ObjectRetention['mode']): ObjectLockRetentionMode {
  return mode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
}
