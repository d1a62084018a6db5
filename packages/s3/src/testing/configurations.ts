import { bodyText, requireBucket, type Context } from './context.ts';
import { verifyDigests } from './digests.ts';
import { invalidRequest, methodNotAllowed, S3Failure } from './failure.ts';
import { requireVersion } from './bucket.ts';
import { group, tag, xmlDocument } from './xml.ts';

/** What S3 says when a subresource was not configured. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const ABSENT_OF_BUCKET: Readonly<Record<string, string>> = {
  lifecycle: 'NoSuchLifecycleConfiguration',
  cors: 'NoSuchCORSConfiguration',
  policy: 'NoSuchBucketPolicy',
  publicAccessBlock: 'NoSuchPublicAccessBlockConfiguration',
  encryption: 'ServerSideEncryptionConfigurationNotFoundError',
  tagging: 'NoSuchTagSet',
  website: 'NoSuchWebsiteConfiguration',
  'object-lock': 'ObjectLockConfigurationNotFoundError',
  ownershipControls: 'OwnershipControlsNotFoundError',
};
const ABSENT_OF_OBJECT: Readonly<Record<string, string>> = { retention: 'NoSuchObjectLockConfiguration', 'legal-hold': 'NoSuchObjectLockConfiguration' };

const OWNER = group('Owner', tag('ID', 'owner'));
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const grant = (type: string, grantee: string, permission: string): string => `<Grant><Grantee ${XSI} xsi:type="${type}">${grantee}</Grantee>${tag('Permission', permission)}</Grant>`;
const OWNERS_GRANT = grant('CanonicalUser', tag('ID', 'owner'), 'FULL_CONTROL');
const PUBLIC_GRANTS: Readonly<Record<string, readonly string[]>> = { private: [], 'public-read': ['READ'], 'public-read-write': ['READ', 'WRITE'] };

/** What is there from the start. */
const GIVEN: Readonly<Record<string, string>> = { acl: aclDocument('private'), notification: xmlDocument('NotificationConfiguration') };

export const isBucketConfiguration = (name: string): boolean => name in ABSENT_OF_BUCKET || name in GIVEN;
export const isObjectConfiguration = (name: string): boolean => name in ABSENT_OF_OBJECT || name === 'acl';

/** Keeps a bucket's document and gives it back. */
export function bucketConfiguration(context: Context, name: string): Response {
  return exchange(requireBucket(context).configurations, context, name, ABSENT_OF_BUCKET[name]);
}

/** Keeps an object's list of grants, retention or hold; the latter two only where the bucket locks objects. */
export function objectConfiguration(context: Context, name: string): Response {
  const bucket = requireBucket(context);
  const version = requireVersion(bucket, context.key, context.query.get('versionId') ?? undefined);
  if (name !== 'acl' && !bucket.configurations.has('object-lock')) throw invalidRequest('Bucket is missing Object Lock Configuration');
  return exchange(version.configurations, context, name, ABSENT_OF_OBJECT[name]);
}

function exchange(documents: Map<string, string>, context: Context, name: string, absent = 'InternalError'): Response {
  const { method, headers, body } = context;
  switch (method) {
    case 'PUT':
      verifyDigests(headers, body);
      documents.set(name, name === 'acl' && headers.has('x-amz-acl') ? aclDocument(headers.get('x-amz-acl') ?? '') : bodyText(context));
      return new Response(null);
    case 'DELETE':
      documents.delete(name);
      return new Response(null, { status: 204 });
    case 'GET': {
      const document = documents.get(name) ?? GIVEN[name];
      if (document === undefined) throw new S3Failure(404, absent, 'The configuration does not exist');
      return new Response(document, { headers: { 'content-type': name === 'policy' ? 'application/json' : 'application/xml' } });
    }
    default:
      throw methodNotAllowed();
  }
}

/** A list of grants by the name S3 has for it. */
function aclDocument(canned: string): string {
  const permissions = PUBLIC_GRANTS[canned];
  if (!permissions) throw new S3Failure(501, 'NotImplemented', `This service does not know the canned ACL "${canned}".`);
  const everyone = permissions.map((permission) => grant('Group', tag('URI', 'http://acs.amazonaws.com/groups/global/AllUsers'), permission));
  return xmlDocument('AccessControlPolicy', OWNER, group('AccessControlList', OWNERS_GRANT, ...everyone));
}
