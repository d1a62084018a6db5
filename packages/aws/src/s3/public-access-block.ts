import { assertArgument, checks, STORAGE_OPTIONS, type CallOptions } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { ifConfigured } from './s3-errors.ts';
import { record } from './shapes.ts';

/**
 * What keeps a bucket from becoming public, whatever its lists and its policy say.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
 */
export interface PublicAccessBlock {
  /** Refuse ACLs that would grant the public anything. */
  readonly blockPublicAcls: boolean;
  /** Pass over such ACLs where they are. */
  readonly ignorePublicAcls: boolean;
  /** Refuse a policy that would grant the public anything. */
  readonly blockPublicPolicy: boolean;
  /** Where such a policy is, let in nobody but AWS's services and the bucket's own account. */
  readonly restrictPublicBuckets: boolean;
}

const { yesOrNo } = checks;
const BLOCK = record({ blockPublicAcls: yesOrNo, ignorePublicAcls: yesOrNo, blockPublicPolicy: yesOrNo, restrictPublicBuckets: yesOrNo });

export async function getPublicAccessBlock(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<PublicAccessBlock> {
  const call = control.check.bucket('getPublicAccessBlock', bucket, options, STORAGE_OPTIONS.call);
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetPublicAccessBlockCommand({ Bucket: bucket })));
  const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = answer?.PublicAccessBlockConfiguration ?? {};
  return {
    blockPublicAcls: BlockPublicAcls ?? false,
    ignorePublicAcls: IgnorePublicAcls ?? false,
    blockPublicPolicy: BlockPublicPolicy ?? false,
    restrictPublicBuckets: RestrictPublicBuckets ?? false,
  };
}

export async function putPublicAccessBlock(control: ControlPlane, bucket: string, block: PublicAccessBlock, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putPublicAccessBlock', bucket, options, STORAGE_OPTIONS.call);
  assertArgument(block, 'block', BLOCK, call);
  const configuration = {
    BlockPublicAcls: block.blockPublicAcls,
    IgnorePublicAcls: block.ignorePublicAcls,
    BlockPublicPolicy: block.blockPublicPolicy,
    RestrictPublicBuckets: block.restrictPublicBuckets,
  };
  await control.send(call, options, (sdk) => new sdk.PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: configuration }));
}

export async function deletePublicAccessBlock(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('deletePublicAccessBlock', bucket, options, STORAGE_OPTIONS.call);
  await control.send(call, options, (sdk) => new sdk.DeletePublicAccessBlockCommand({ Bucket: bucket }));
}
