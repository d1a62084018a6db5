import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, type Bucket, type CallOptions } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { fromTags, toTags } from './mapping.ts';
import type { ObjectOwnership, S3CreateBucketOptions } from './s3-client-options.ts';
import { ifConfigured } from './s3-errors.ts';

const { oneOf, tags: tagTable, yesOrNo } = checks;
const OWNERSHIP = oneOf('BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter');
const CREATE_OPTIONS = { ...STORAGE_OPTIONS.createBucket, objectLock: { check: yesOrNo }, objectOwnership: { check: OWNERSHIP } };

/** Creates a bucket with what only Amazon S3 has. */
export async function createBucket(control: ControlPlane, home: string, bucket: string, options: S3CreateBucketOptions): Promise<Bucket> {
  const call = control.check.bucket('createBucket', bucket, options, CREATE_OPTIONS, 'createBucket');
  const { region = home, objectLock, objectOwnership } = options;
  // AWS takes its first region for granted and refuses to hear its name.
  const configuration = region === 'us-east-1' ? undefined : { LocationConstraint: region as BucketLocationConstraint };
  const input = { Bucket: bucket, CreateBucketConfiguration: configuration, ObjectLockEnabledForBucket: objectLock, ObjectOwnership: objectOwnership };
  await control.send(call, options, (sdk) => new sdk.CreateBucketCommand(input));
  return { name: bucket, region };
}

export async function getBucketRegion(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<string> {
  const call = control.check.bucket('getBucketRegion', bucket, options, STORAGE_OPTIONS.call);
  const { LocationConstraint } = await control.send(call, options, (sdk) => new sdk.GetBucketLocationCommand({ Bucket: bucket }));
  // The first region has no name here, and the second an old one.
  return (LocationConstraint === 'EU' ? 'eu-west-1' : LocationConstraint) || 'us-east-1';
}

export async function getBucketTags(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<Record<string, string>> {
  const call = control.check.bucket('getBucketTags', bucket, options, STORAGE_OPTIONS.call);
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketTaggingCommand({ Bucket: bucket })));
  return toTags(answer?.TagSet);
}

export async function putBucketTags(control: ControlPlane, bucket: string, tags: Readonly<Record<string, string>>, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketTags', bucket, options, STORAGE_OPTIONS.call);
  assertArgument(tags, 'tags', tagTable, call);
  const tagSet = fromTags(tags);
  if (tagSet.length === 0) await control.send(call, options, (sdk) => new sdk.DeleteBucketTaggingCommand({ Bucket: bucket }));
  else await control.send(call, options, (sdk) => new sdk.PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: tagSet } }));
}

export async function getBucketOwnership(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<ObjectOwnership | undefined> {
  const call = control.check.bucket('getBucketOwnership', bucket, options, STORAGE_OPTIONS.call);
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketOwnershipControlsCommand({ Bucket: bucket })));
  return answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
}

export async function putBucketOwnership(control: ControlPlane, bucket: string, ownership: ObjectOwnership, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketOwnership', bucket, options, STORAGE_OPTIONS.call);
  assertArgument(ownership, 'ownership', OWNERSHIP, call);
  await control.send(call, options, (sdk) => new sdk.PutBucketOwnershipControlsCommand({ Bucket: bucket, OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } }));
}
