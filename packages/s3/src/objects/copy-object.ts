import {
  CloudError,
  copyArguments,
  InvalidArgumentError,
  STORAGE_OPTIONS,
  UnsupportedOperationError,
  type Call,
  type CallOptions,
  type CopyObjectOptions,
  type ObjectMetadata,
  type ObjectReference,
  type PutObjectResult,
} from '@cmx/cloud-core';
import { withinDeadline } from '../deadline.ts';
import { checksumElements } from '../listings/upload-listing.ts';
import type { S3Context } from '../s3-context.ts';
import { copySource } from '../urls.ts';
import { childText } from '../xml/xml-access.ts';
import { copyInParts } from './copy-in-parts.ts';
import { DESCRIPTION, pickDescription, pickPlacement, type CopyPlan, type Description } from './copy-plan.ts';
import { headObject } from './head-object.ts';
import { unquoteEtag } from './object-metadata.ts';
import { sourceCondition } from './source-condition.ts';
import { conditionHeaders, customerKeyHeaders, storeHeaders, type RequestHeaders } from './store-headers.ts';

export function copyObject(context: S3Context, source: ObjectReference, target: ObjectReference, options: CopyObjectOptions = {}): Promise<PutObjectResult> {
  const call = copyArguments(context.check, 'copyObject', source, target, options, STORAGE_OPTIONS.copyObject, 'serverSideCopy');
  const describes = DESCRIPTION.some((name) => options[name] !== undefined);
  if (options.metadataDirective === 'copy' && describes) throw new InvalidArgumentError('metadataDirective "copy" keeps what the source has, so nothing else can be given', call);
  if (!context.dialect.copyConditions && (options.ifMatch ?? options.ifNoneMatch) !== undefined) throw new UnsupportedOperationError('Not supported here: the service ignores conditions on the target of a copy', call);
  const replaces = options.metadataDirective === 'replace' || describes;
  return withinDeadline(call, options, async (callOptions) => {
    const { found, sourceKey } = await readSource(context, call, source, options, callOptions);
    const plan: CopyPlan = { call, source, target, found, sourceKey, options, replacement: replaces ? options : ownDescription(source, target, found) };
    const result = found.sizeInBytes > context.dialect.capabilities.limits.maxSingleCopyBytes ? await copyInParts(context, plan, callOptions) : await copyWhole(context, plan, callOptions);
    options.onProgress?.({ transferredInBytes: found.sizeInBytes, totalInBytes: found.sizeInBytes });
    return result;
  });
}

/** S3 refuses to copy an object onto itself unless something changes; saying again what it has counts as a change. */
function ownDescription(source: ObjectReference, target: ObjectReference, found: ObjectMetadata): Description | undefined {
  return source.bucket === target.bucket && source.key === target.key && source.versionId === undefined ? found : undefined;
}

/** Looks at the source: its size decides how it is copied. With a caller's key it is tried without first, since a plain object refuses one. */
async function readSource(
  context: S3Context,
  call: Call,
  { bucket, key, versionId }: ObjectReference,
  { customerKey, sourceIfMatch }: CopyObjectOptions,
  options: CallOptions,
): Promise<Pick<CopyPlan, 'found' | 'sourceKey'>> {
  const head = { ...options, versionId, ifMatch: sourceIfMatch };
  try {
    return { found: await headObject(context, { call, bucket, key }, head), sourceKey: {} };
  } catch (error) {
    if (customerKey === undefined || !CloudError.is(error) || error.status !== 400) throw error;
    const sourceKey = Object.fromEntries(Object.entries(await customerKeyHeaders(customerKey)).map(([name, value]) => [name.replace('x-amz-', 'x-amz-copy-source-'), value]));
    return { found: await headObject(context, { call, bucket, key }, { ...head, customerKey }), sourceKey };
  }
}

async function copyWhole({ connection, dialect }: S3Context, { call, source, target, found, sourceKey, options, replacement }: CopyPlan, callOptions: CallOptions): Promise<PutObjectResult> {
  const { customerKey, checksumAlgorithm, sourceIfMatch, tags } = options;
  const headers: RequestHeaders = {
    ...storeHeaders({ ...pickPlacement(options), ...(replacement && { contentType: 'application/octet-stream', ...pickDescription(replacement) }) }),
    ...conditionHeaders(options),
    ...(await customerKeyHeaders(customerKey)),
    ...sourceKey,
    'x-amz-copy-source': copySource(source.bucket, source.key, source.versionId),
  };
  if (replacement !== undefined) headers['x-amz-metadata-directive'] = 'REPLACE';
  if (tags !== undefined) headers['x-amz-tagging-directive'] = 'REPLACE';
  if (checksumAlgorithm !== undefined) headers['x-amz-checksum-algorithm'] = checksumAlgorithm.toUpperCase();
  if (sourceIfMatch !== undefined) Object.assign(headers, sourceCondition(dialect, found));
  const request = { call, method: 'PUT', bucket: target.bucket, key: target.key, headers } as const;
  const { document, response } = await connection.sendForXml(request, 'CopyObjectResult', callOptions);
  const checksums = checksumElements(document);
  return {
    etag: unquoteEtag(childText(document, 'ETag') ?? ''),
    sizeInBytes: found.sizeInBytes,
    versionId: response.headers.get('x-amz-version-id'),
    checksums,
    checksumType: checksums && (Object.values(checksums).some((digest) => digest.includes('-')) ? 'composite' : 'full_object'),
  };
}
