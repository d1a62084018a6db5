import { bodyText, requireBucket, xmlResponse, type Context } from './context.ts';
import { S3Failure } from './failure.ts';
import { Bucket } from './bucket.ts';
import { group, tag, textsOf, xmlDocument } from './xml.ts';

const FIRST_REGION = 'us-east-1';

export function listBuckets({ buckets, query }: Context): Response {
  const after = query.get('continuation-token') ?? '';
  const max = Number(query.get('max-buckets') ?? 10_000);
  const all = [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).filter(({ name }) => name > after);
  const page = all.slice(0, max);
  const list = page.map(({ name, createdAt, region }) => group('Bucket', tag('Name', name), tag('CreationDate', createdAt.toISOString()), tag('BucketRegion', region)));
  return xmlResponse(xmlDocument('ListAllMyBucketsResult', group('Owner', tag('ID', 'owner')), group('Buckets', ...list), tag('ContinuationToken', all.length > page.length ? page.at(-1)?.name : undefined)));
}

export function createBucket(context: Context): Response {
  const { buckets, bucketName, headers, verifier } = context;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketName)) throw new S3Failure(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  if (buckets.has(bucketName)) throw new S3Failure(409, 'BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.');
  const [location] = textsOf(bodyText(context), 'LocationConstraint');
  // AWS's first region makes buckets in all others.
  if (verifier.region !== FIRST_REGION && location !== verifier.region) throw new S3Failure(400, 'IllegalLocationConstraintException', `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`);
  const bucket = new Bucket(bucketName, location ?? FIRST_REGION, context.now);
  const ownership = headers.get('x-amz-object-ownership');
  if (ownership !== null) bucket.configurations.set('ownershipControls', xmlDocument('OwnershipControls', group('Rule', tag('ObjectOwnership', ownership))));
  if (headers.get('x-amz-bucket-object-lock-enabled') === 'true') {
    bucket.configurations.set('object-lock', xmlDocument('ObjectLockConfiguration', tag('ObjectLockEnabled', 'Enabled')));
    bucket.versioning = 'Enabled'; // a lock holds versions
  }
  buckets.set(bucketName, bucket);
  return new Response(null, { headers: { location: `/${bucketName}` } });
}

export function headBucket(context: Context): Response {
  return new Response(null, { headers: { 'x-amz-bucket-region': requireBucket(context).region } });
}

export function deleteBucket(context: Context): Response {
  const bucket = requireBucket(context);
  if (bucket.objects.size > 0) throw new S3Failure(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty');
  context.buckets.delete(bucket.name);
  return new Response(null, { status: 204 });
}

export function getVersioning(context: Context): Response {
  return xmlResponse(xmlDocument('VersioningConfiguration', tag('Status', requireBucket(context).versioning)));
}

export function putVersioning(context: Context): Response {
  const [status] = textsOf(bodyText(context), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw new S3Failure(400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  requireBucket(context).versioning = status;
  return new Response(null);
}

export function getLocation(context: Context): Response {
  const { region } = requireBucket(context);
  return xmlResponse(xmlDocument('LocationConstraint', region === FIRST_REGION ? '' : region));
}
