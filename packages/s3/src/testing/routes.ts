import { createBucket, deleteBucket, getLocation, getVersioning, headBucket, listBuckets, putVersioning } from './buckets.ts';
import { bucketConfiguration, isBucketConfiguration, isObjectConfiguration, objectConfiguration } from './configurations.ts';
import type { Context } from './context.ts';
import { methodNotAllowed, S3Failure } from './failure.ts';
import { listObjects, listVersions } from './listings.ts';
import { copyObject, deleteObject, deleteObjects, deleteTags, getObject, getTags, putObject, putTags } from './objects.ts';
import { postObject } from './post-form.ts';
import { abortUpload, completeUpload, copyPart, createUpload, listParts, listUploads, uploadPart } from './uploads.ts';

type Route = (context: Context) => Response | Promise<Response>;

const isCopy = ({ headers }: Context): boolean => headers.has('x-amz-copy-source');

/** By method and a parameter of the query. */
const BUCKET_ROUTES: Readonly<Record<string, Route>> = {
  'GET versioning': getVersioning,
  'PUT versioning': putVersioning,
  'GET versions': listVersions,
  'GET uploads': listUploads,
  'GET location': getLocation,
  'POST delete': deleteObjects,
};

const OBJECT_ROUTES: Readonly<Record<string, Route>> = {
  'GET tagging': getTags,
  'PUT tagging': putTags,
  'DELETE tagging': deleteTags,
  'POST uploads': createUpload,
  'PUT partNumber': (context) => (isCopy(context) ? copyPart(context) : uploadPart(context)),
  'POST uploadId': completeUpload,
  'DELETE uploadId': abortUpload,
  'GET uploadId': listParts,
};

/** By method alone. */
const BUCKET_METHODS: Readonly<Record<string, Route>> = { GET: listObjects, PUT: createBucket, HEAD: headBucket, DELETE: deleteBucket, POST: postObject };
const OBJECT_METHODS: Readonly<Record<string, Route>> = { GET: getObject, HEAD: getObject, DELETE: deleteObject, PUT: (context) => (isCopy(context) ? copyObject(context) : putObject(context)) };

const METHODS: readonly string[] = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];

/** Parts of S3 that would be taken for something else if they were passed over. */
const UNKNOWN: readonly string[] = ['accelerate', 'analytics', 'attributes', 'intelligent-tiering', 'inventory', 'logging', 'metrics', 'policyStatus', 'rename', 'replication', 'requestPayment', 'restore', 'select', 'session', 'torrent'];

/** Finds who answers a request, and lets them. @throws {S3Failure} */
export async function respond(context: Context): Promise<Response> {
  const { method, bucketName, key, query } = context;
  if (bucketName === '') return listBuckets(context);
  const names = [...query.keys()];
  const [routes, methods, isConfiguration, configuration] = key === '' ? [BUCKET_ROUTES, BUCKET_METHODS, isBucketConfiguration, bucketConfiguration] : [OBJECT_ROUTES, OBJECT_METHODS, isObjectConfiguration, objectConfiguration];
  const special = names.map((name) => routes[`${method} ${name}`]).find((found) => found !== undefined);
  if (special) return special(context);
  const subresource = names.find(isConfiguration);
  if (subresource !== undefined) return configuration(context, subresource);
  const plain = methods[method];
  if (!plain) throw methodNotAllowed();
  return plain(context);
}

/** Says no to what would be misunderstood, whoever asks. @throws {S3Failure} */
export function refuseUnknown({ method, query, headers }: Context): void {
  if (!METHODS.includes(method)) throw methodNotAllowed();
  const unknown = UNKNOWN.find((name) => query.has(name));
  if (unknown !== undefined) throw new S3Failure(501, 'NotImplemented', `This service does not know "${unknown}".`);
  // Its signature covers chunks, which this service does not take apart.
  if (headers.get('x-amz-content-sha256')?.startsWith('STREAMING-')) throw new S3Failure(501, 'NotImplemented', 'This service takes whole bodies, not those signed in chunks.');
}
