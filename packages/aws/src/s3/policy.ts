import { assertArgument, CloudError, STORAGE_OPTIONS, type CallOptions, type Check } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { ifConfigured } from './s3-errors.ts';

/**
 * A policy in AWS's own grammar, names and all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly Version: '2012-10-17' | '2008-10-17';
  readonly Id?: string | undefined;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

type OneOrMore = string | readonly string[];
type Principal = '*' | Readonly<Record<string, OneOrMore>>;

export interface PolicyStatement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principal | undefined;
  readonly NotPrincipal?: Principal | undefined;
  readonly Action?: OneOrMore | undefined;
  readonly NotAction?: OneOrMore | undefined;
  readonly Resource?: OneOrMore | undefined;
  readonly NotResource?: OneOrMore | undefined;
  /** By operator, then by key: `{ Bool: { 'aws:SecureTransport': 'false' } }`. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore | number | boolean>>>> | undefined;
}

/** The document's outline; its words are IAM's to judge. */
const POLICY: Check = (value) => {
  const { Version, Statement } = (value ?? {}) as Partial<PolicyDocument>;
  if (typeof Version !== 'string') return '.Version must be a string';
  const statements: readonly unknown[] = [Statement].flat();
  const isWhole = statements.length > 0 && statements.every((statement) => typeof (statement as PolicyStatement | null | undefined)?.Effect === 'string');
  return isWhole ? undefined : '.Statement must be statements with an Effect each, at least one';
};

export async function getBucketPolicy(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<PolicyDocument | undefined> {
  const call = control.check.bucket('getBucketPolicy', bucket, options, STORAGE_OPTIONS.call);
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketPolicyCommand({ Bucket: bucket })));
  if (!answer?.Policy) return undefined;
  try {
    return JSON.parse(answer.Policy) as PolicyDocument;
  } catch (cause) {
    throw new CloudError('unknown', 'The service answered with a policy that is not JSON', { ...call, phase: 'response', cause });
  }
}

export async function putBucketPolicy(control: ControlPlane, bucket: string, policy: PolicyDocument, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketPolicy', bucket, options, STORAGE_OPTIONS.call);
  assertArgument(policy, 'policy', POLICY, call);
  await control.send(call, options, (sdk) => new sdk.PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
}

export async function deleteBucketPolicy(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('deleteBucketPolicy', bucket, options, STORAGE_OPTIONS.call);
  await control.send(call, options, (sdk) => new sdk.DeleteBucketPolicyCommand({ Bucket: bucket }));
}
