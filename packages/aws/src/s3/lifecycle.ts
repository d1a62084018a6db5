import type { LifecycleRule as SdkRule, LifecycleRuleAndOperator, LifecycleRuleFilter, TransitionStorageClass } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, type CallOptions, type LifecycleRule } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { fromTags, toTags, withoutUndefined } from './mapping.ts';
import { ifConfigured } from './s3-errors.ts';
import { listOf, record } from './shapes.ts';

/**
 * A life-cycle rule with all that Amazon S3 has. It applies to objects that meet `prefix`, `tags` and both sizes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
 */
export interface S3LifecycleRule extends LifecycleRule {
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Only objects larger than this. */
  readonly largerThanInBytes?: number | undefined;
  /** Only objects smaller than this. */
  readonly smallerThanInBytes?: number | undefined;
  /** Expire on a day, at midnight UTC, instead of some days after creation. */
  readonly expireOn?: Date | undefined;
  /** Remove delete markers that no version is left behind. */
  readonly expireDeleteMarkers?: boolean | undefined;
  /** How many noncurrent versions are kept in spite of `expireNoncurrentAfterInDays`. */
  readonly keepNoncurrentVersions?: number | undefined;
  readonly transitionsOnDate?: readonly { readonly on: Date; readonly storageClass: string }[] | undefined;
  readonly noncurrentTransitions?: readonly { readonly afterInDays: number; readonly storageClass: string; readonly keepVersions?: number | undefined }[] | undefined;
}

const { text, anyText, yesOrNo, wholeNumber, positiveInteger, date, tags } = checks;

const RULES = listOf(
  record(
    { id: text, enabled: yesOrNo },
    {
      prefix: anyText,
      tags,
      largerThanInBytes: wholeNumber,
      smallerThanInBytes: positiveInteger,
      expireAfterInDays: positiveInteger,
      expireOn: date,
      expireDeleteMarkers: yesOrNo,
      expireNoncurrentAfterInDays: positiveInteger,
      keepNoncurrentVersions: positiveInteger,
      abortIncompleteUploadsAfterInDays: positiveInteger,
      transitions: listOf(record({ afterInDays: wholeNumber, storageClass: text })),
      transitionsOnDate: listOf(record({ on: date, storageClass: text })),
      noncurrentTransitions: listOf(record({ afterInDays: wholeNumber, storageClass: text }, { keepVersions: positiveInteger })),
    },
  ),
);

export async function getBucketLifecycle(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<S3LifecycleRule[]> {
  const call = control.check.bucket('getBucketLifecycle', bucket, options, STORAGE_OPTIONS.call, 'lifecycle');
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketLifecycleConfigurationCommand({ Bucket: bucket })));
  return (answer?.Rules ?? []).map(toLifecycleRule);
}

/** No rules remove what there are, which S3 has a request of its own for. */
export async function putBucketLifecycle(control: ControlPlane, bucket: string, rules: readonly S3LifecycleRule[], options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketLifecycle', bucket, options, STORAGE_OPTIONS.call, 'lifecycle');
  assertArgument(rules, 'rules', RULES, call);
  if (rules.length === 0) await control.send(call, options, (sdk) => new sdk.DeleteBucketLifecycleCommand({ Bucket: bucket }));
  else await control.send(call, options, (sdk) => new sdk.PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules: rules.map(fromLifecycleRule) } }));
}

export async function deleteBucketLifecycle(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('deleteBucketLifecycle', bucket, options, STORAGE_OPTIONS.call, 'lifecycle');
  await control.send(call, options, (sdk) => new sdk.DeleteBucketLifecycleCommand({ Bucket: bucket }));
}

export function toLifecycleRule({ ID, Status, Prefix, Filter, Expiration, Transitions = [], ...rule }: SdkRule): S3LifecycleRule {
  return withoutUndefined({
    id: ID ?? '',
    enabled: Status === 'Enabled',
    ...toFilter({ Prefix, ...Filter }),
    expireAfterInDays: Expiration?.Days,
    expireOn: Expiration?.Date,
    expireDeleteMarkers: Expiration?.ExpiredObjectDeleteMarker,
    expireNoncurrentAfterInDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
    keepNoncurrentVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions,
    abortIncompleteUploadsAfterInDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    ...toTransitions(Transitions),
    noncurrentTransitions: rule.NoncurrentVersionTransitions?.map(({ NoncurrentDays = 0, StorageClass = '', NewerNoncurrentVersions }) =>
      withoutUndefined({ afterInDays: NoncurrentDays, storageClass: StorageClass, keepVersions: NewerNoncurrentVersions }),
    ),
  });
}

/** Old rules have their prefix beside the filter, newer ones inside, and those with several conditions one level deeper. */
function toFilter({ Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRuleFilter): Partial<S3LifecycleRule> {
  const tagList = And?.Tags ?? (Tag ? [Tag] : []);
  return {
    prefix: (And?.Prefix ?? Prefix) || undefined,
    tags: tagList.length === 0 ? undefined : toTags(tagList),
    largerThanInBytes: And?.ObjectSizeGreaterThan ?? ObjectSizeGreaterThan,
    smallerThanInBytes: And?.ObjectSizeLessThan ?? ObjectSizeLessThan,
  };
}

function toTransitions(transitions: NonNullable<SdkRule['Transitions']>): Partial<S3LifecycleRule> {
  const byDays = transitions.flatMap(({ Days, Date: on, StorageClass = '' }) => (on === undefined ? [{ afterInDays: Days ?? 0, storageClass: StorageClass }] : []));
  const byDate = transitions.flatMap(({ Date: on, StorageClass = '' }) => (on === undefined ? [] : [{ on, storageClass: StorageClass }]));
  return { transitions: byDays.length === 0 ? undefined : byDays, transitionsOnDate: byDate.length === 0 ? undefined : byDate };
}

export function fromLifecycleRule(rule: S3LifecycleRule): SdkRule {
  const { expireAfterInDays, expireOn, expireDeleteMarkers, expireNoncurrentAfterInDays, keepNoncurrentVersions, abortIncompleteUploadsAfterInDays } = rule;
  const expires = expireAfterInDays !== undefined || expireOn !== undefined || expireDeleteMarkers !== undefined;
  const expiresNoncurrent = expireNoncurrentAfterInDays !== undefined || keepNoncurrentVersions !== undefined;
  const transitions = [
    ...(rule.transitions ?? []).map(({ afterInDays, storageClass }) => ({ Days: afterInDays, StorageClass: storageClass as TransitionStorageClass })),
    ...(rule.transitionsOnDate ?? []).map(({ on, storageClass }) => ({ Date: on, StorageClass: storageClass as TransitionStorageClass })),
  ];
  return {
    ID: rule.id,
    Status: rule.enabled ? 'Enabled' : 'Disabled',
    Filter: fromFilter(rule),
    Expiration: expires ? { Days: expireAfterInDays, Date: expireOn, ExpiredObjectDeleteMarker: expireDeleteMarkers } : undefined,
    NoncurrentVersionExpiration: expiresNoncurrent ? { NoncurrentDays: expireNoncurrentAfterInDays, NewerNoncurrentVersions: keepNoncurrentVersions } : undefined,
    AbortIncompleteMultipartUpload: abortIncompleteUploadsAfterInDays === undefined ? undefined : { DaysAfterInitiation: abortIncompleteUploadsAfterInDays },
    Transitions: transitions.length === 0 ? undefined : transitions,
    NoncurrentVersionTransitions: rule.noncurrentTransitions?.map(({ afterInDays, storageClass, keepVersions }) => ({
      NoncurrentDays: afterInDays,
      StorageClass: storageClass as TransitionStorageClass,
      NewerNoncurrentVersions: keepVersions,
    })),
  };
}

/** One condition stands alone, several stand under `And`, none is an empty prefix. */
function fromFilter({ prefix, tags: tagTable = {}, largerThanInBytes, smallerThanInBytes }: S3LifecycleRule): LifecycleRuleFilter {
  const tagList = fromTags(tagTable);
  const sizes: LifecycleRuleAndOperator = { ObjectSizeGreaterThan: largerThanInBytes, ObjectSizeLessThan: smallerThanInBytes };
  const count = [prefix || undefined, largerThanInBytes, smallerThanInBytes, ...tagList].filter((condition) => condition !== undefined).length;
  if (count > 1) return { And: { Prefix: prefix || undefined, Tags: tagList.length === 0 ? undefined : tagList, ...sizes } };
  return count === 0 ? { Prefix: '' } : { Prefix: prefix || undefined, Tag: tagList[0], ...sizes };
}
