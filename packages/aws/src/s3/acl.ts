import type { BucketCannedACL, Grant, ObjectCannedACL, Owner, Permission } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, type AccessControlList, type CallOptions, type Check } from '@cmx/cloud-core';
import type { VersionOptions } from '@cmx/s3';
import type { ControlPlane } from './control-plane.ts';
import { listOf, record } from './shapes.ts';

const { text } = checks;
const GRANTS = record({ grants: listOf(record({ grantee: text, permission: text })) }, { owner: text });
const ACL: Check = (value) => (typeof value === 'string' ? text(value) : GRANTS(value));

export async function getObjectAcl(control: ControlPlane, bucket: string, key: string, options: VersionOptions = {}): Promise<AccessControlList> {
  const call = control.check.object('getObjectAcl', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'acl');
  return toAcl(await control.send(call, options, (sdk) => new sdk.GetObjectAclCommand({ Bucket: bucket, Key: key, VersionId: options.versionId })));
}

export async function putObjectAcl(control: ControlPlane, bucket: string, key: string, acl: AccessControlList | string, options: VersionOptions = {}): Promise<void> {
  const call = control.check.object('putObjectAcl', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'acl');
  assertArgument(acl, 'acl', ACL, call);
  const object = { Bucket: bucket, Key: key, VersionId: options.versionId };
  await control.within(call, options, async (callOptions) => {
    const readOwner = async (): Promise<string | undefined> => (await control.send(call, callOptions, (sdk) => new sdk.GetObjectAclCommand(object))).Owner?.ID;
    const list = typeof acl === 'string' ? { ACL: acl as ObjectCannedACL } : { AccessControlPolicy: fromAcl(acl, acl.owner ?? (await readOwner())) };
    await control.send(call, callOptions, (sdk) => new sdk.PutObjectAclCommand({ ...object, ...list }));
  });
}

export async function getBucketAcl(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<AccessControlList> {
  const call = control.check.bucket('getBucketAcl', bucket, options, STORAGE_OPTIONS.call, 'acl');
  return toAcl(await control.send(call, options, (sdk) => new sdk.GetBucketAclCommand({ Bucket: bucket })));
}

export async function putBucketAcl(control: ControlPlane, bucket: string, acl: AccessControlList | string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketAcl', bucket, options, STORAGE_OPTIONS.call, 'acl');
  assertArgument(acl, 'acl', ACL, call);
  await control.within(call, options, async (callOptions) => {
    const readOwner = async (): Promise<string | undefined> => (await control.send(call, callOptions, (sdk) => new sdk.GetBucketAclCommand({ Bucket: bucket }))).Owner?.ID;
    const list = typeof acl === 'string' ? { ACL: acl as BucketCannedACL } : { AccessControlPolicy: fromAcl(acl, acl.owner ?? (await readOwner())) };
    await control.send(call, callOptions, (sdk) => new sdk.PutBucketAclCommand({ Bucket: bucket, ...list }));
  });
}

/** A grantee is what names it: a group's URI, an account's canonical id, an e-mail address. */
export function toAcl({ Owner: owner, Grants = [] }: { Owner?: Owner | undefined; Grants?: Grant[] | undefined }): AccessControlList {
  const grants = Grants.map(({ Grantee, Permission: permission = '' }) => ({ grantee: Grantee?.URI ?? Grantee?.ID ?? Grantee?.EmailAddress ?? '', permission }));
  return { owner: owner?.ID, grants };
}

export function fromAcl({ grants }: AccessControlList, owner: string | undefined): { Owner: Owner; Grants: Grant[] } {
  return { Owner: { ID: owner }, Grants: grants.map(({ grantee, permission }) => ({ Grantee: toGrantee(grantee), Permission: permission as Permission })) };
}

function toGrantee(name: string): NonNullable<Grant['Grantee']> {
  if (/^https?:\/\//.test(name)) return { Type: 'Group', URI: name };
  return name.includes('@') ? { Type: 'AmazonCustomerByEmail', EmailAddress: name } : { Type: 'CanonicalUser', ID: name };
}
