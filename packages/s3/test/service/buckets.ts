import { bodyText, requireBucket, xmlResponse, type Context } from './context.ts';
import { S3Failure } from './failure.ts';
import { StoredBucket } from './store.ts';
import { group, tag, textsOf, xmlDocument } from './xml.ts';

export function listBuckets({ buckets, query }: Context): Response {
  const after = query.get('continuation-token') ?? '';
  const max = Number(query.get('max-buckets') ?? 10_000);
  const all = [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).filter(({ name }) => name > after);
  const page = all.slice(0, max);
  const list = page.map(({ name, createdAt }) => group('Bucket', tag('Name', name), tag('CreationDate', createdAt.toISOString())));
  return xmlResponse(xmlDocument('ListAllMyBucketsResult', group('Owner', tag('ID', 'owner')), group('Buckets', ...list), tag('ContinuationToken', all.length > page.length ? page.at(-1)?.name : undefined)));
}

export function createBucket(context: Context): Response {
  const { buckets, bucketName, verifier } = context;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketName)) throw new S3Failure(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  if (buckets.has(bucketName)) throw new S3Failure(409, 'BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.');
  const [location] = textsOf(bodyText(context), 'LocationConstraint');
  if ((location ?? 'us-east-1') !== verifier.region) throw new S3Failure(400, 'IllegalLocationConstraintException', `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`);
  buckets.set(bucketName, new StoredBucket(bucketName, context.now));
  return new Response(null, { headers: { location: `/${bucketName}` } });
}

export function headBucket(context: Context): Response {
  requireBucket(context);
  return new Response(null, { headers: { 'x-amz-bucket-region': context.verifier.region } });
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
  requireBucket(context);
  const { region } = context.verifier;
  return xmlResponse(`<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region === 'us-east-1' ? '' : region}</LocationConstraint>`);
}
