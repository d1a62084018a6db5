import {
  assertPart,
  assertParts,
  checksumOf,
  copyArguments,
  STORAGE_OPTIONS,
  type Call,
  type CallOptions,
  type ChecksumAlgorithm,
  type Checksums,
  type ChecksumType,
  type CompleteMultipartUploadOptions,
  type CopyPartOptions,
  type CreateMultipartUploadOptions,
  type MultipartUpload,
  type ObjectReference,
  type PutObjectResult,
  type UploadedPart,
  type UploadPartOptions,
} from '@cmx/cloud-core';
import { checksumElements } from '../listings/upload-listing.ts';
import { headObject } from '../objects/head-object.ts';
import { checksumsOf, unquoteEtag } from '../objects/object-metadata.ts';
import { bindsToEtag, sourceCondition } from '../objects/source-condition.ts';
import { checksumHeaders, conditionHeaders, customerKeyHeaders, digestHeaders, quoteEtag, type RequestHeaders } from '../objects/store-headers.ts';
import type { S3Context } from '../s3-context.ts';
import { copySource } from '../urls.ts';
import { childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';
import { document, element } from '../xml/xml-writer.ts';
import { beginUpload } from './begin-upload.ts';
import { dropUpload, type PartTarget } from './drop-upload.ts';

export async function createMultipartUpload(context: S3Context, bucket: string, key: string, options: CreateMultipartUploadOptions = {}): Promise<MultipartUpload> {
  const call = context.check.object('createMultipartUpload', bucket, key, options, STORAGE_OPTIONS.createMultipartUpload, 'multipart');
  return { key, uploadId: await beginUpload(context, { call, bucket, key }, options, options) };
}

export async function uploadPart(context: S3Context, bucket: string, key: string, uploadId: string, partNumber: number, body: Uint8Array, options: UploadPartOptions = {}): Promise<UploadedPart> {
  const call = context.check.upload('uploadPart', bucket, key, uploadId, options, STORAGE_OPTIONS.uploadPart);
  assertPart(context.check, partNumber, body, call);
  const { checksumAlgorithm } = options;
  const computed = checksumAlgorithm === undefined ? undefined : { [checksumAlgorithm]: await checksumOf(checksumAlgorithm, body, call) };
  const keyHeaders = await customerKeyHeaders(options.customerKey);
  return sendPart(context, { call, bucket, key }, uploadId, partNumber, body, { ...computed, ...options.checksums }, keyHeaders, options);
}

/** Sends one part, checked. */
export async function sendPart(
  { connection }: S3Context,
  { call, bucket, key }: PartTarget,
  uploadId: string,
  partNumber: number,
  body: Uint8Array,
  checksums: Checksums | undefined,
  keyHeaders: RequestHeaders,
  options: CallOptions,
): Promise<UploadedPart> {
  const headers = { ...checksumHeaders(checksums), ...keyHeaders };
  const answer = await connection.send({ call, method: 'PUT', bucket, key, query: { partNumber, uploadId }, headers, body }, options);
  const etag = unquoteEtag(answer.headers.get('etag') ?? '');
  return { partNumber, etag, sizeInBytes: body.length, checksums: checksumsOf(answer.headers) ?? checksums };
}

export async function copyPart(context: S3Context, source: ObjectReference, target: ObjectReference, uploadId: string, partNumber: number, options: CopyPartOptions = {}): Promise<UploadedPart> {
  const call = copyArguments(context.check, 'copyPart', source, target, options, STORAGE_OPTIONS.copyPart, 'partCopy');
  assertPart(context.check, partNumber, undefined, call);
  const condition = await partCopyCondition(context, call, source, options);
  return sendPartCopy(context, { call, bucket: target.bucket, key: target.key }, source, uploadId, partNumber, options, condition);
}

/** Where the source's ETag is not understood, the source is looked at by it first. */
async function partCopyCondition(context: S3Context, call: Call, { bucket, key, versionId }: ObjectReference, { sourceIfMatch, abortSignal, timeoutInMs }: CopyPartOptions): Promise<RequestHeaders> {
  if (sourceIfMatch === undefined) return {};
  if (bindsToEtag(context.dialect, sourceIfMatch)) return { 'x-amz-copy-source-if-match': quoteEtag(sourceIfMatch) };
  return sourceCondition(context.dialect, await headObject(context, { call, bucket, key }, { abortSignal, timeoutInMs, versionId, ifMatch: sourceIfMatch }));
}

/** Copies one part. The answer names no size, so without a range it is read from the parts that are there. */
export async function sendPartCopy(context: S3Context, target: PartTarget, source: ObjectReference, uploadId: string, partNumber: number, options: Omit<CopyPartOptions, 'sourceIfMatch'>, more: RequestHeaders): Promise<UploadedPart> {
  const { call, bucket, key } = target;
  const { range, abortSignal, timeoutInMs } = options;
  const callOptions = { abortSignal, timeoutInMs };
  const headers: RequestHeaders = { ...more, 'x-amz-copy-source': copySource(source.bucket, source.key, source.versionId) };
  if (range !== undefined) headers['x-amz-copy-source-range'] = `bytes=${String(range.start)}-${String(range.end)}`;
  const { document: answer } = await context.connection.sendForXml({ call, method: 'PUT', bucket, key, query: { partNumber, uploadId }, headers }, 'CopyPartResult', callOptions);
  const part = { partNumber, etag: unquoteEtag(childText(answer, 'ETag') ?? ''), checksums: checksumElements(answer) };
  return { ...part, sizeInBytes: range === undefined ? await sizeOfPart(context, target, uploadId, partNumber, callOptions) : range.end - range.start + 1 };
}

async function sizeOfPart({ connection }: S3Context, { call, bucket, key }: PartTarget, uploadId: string, partNumber: number, options: CallOptions): Promise<number> {
  const query = { uploadId, 'part-number-marker': partNumber - 1, 'max-parts': 1 };
  const { document: answer } = await connection.sendForXml({ call, method: 'GET', bucket, key, query }, 'ListPartsResult', options);
  const part = answer.children.find(({ name }) => name === 'Part');
  return Number((part && childText(part, 'Size')) ?? 0);
}

export async function completeMultipartUpload(
  context: S3Context,
  bucket: string,
  key: string,
  uploadId: string,
  parts: readonly UploadedPart[],
  options: CompleteMultipartUploadOptions = {},
): Promise<PutObjectResult> {
  const call = context.check.upload('completeMultipartUpload', bucket, key, uploadId, options, STORAGE_OPTIONS.completeMultipartUpload);
  assertParts(context.check, parts, call);
  return endUpload(context, { call, bucket, key }, uploadId, parts, options, options);
}

/** Puts the parts together. A success status with an error inside is repeated and, in the end, an error. */
export async function endUpload(
  { connection, dialect }: S3Context,
  { call, bucket, key }: PartTarget,
  uploadId: string,
  parts: readonly UploadedPart[],
  completion: CompleteMultipartUploadOptions,
  options: CallOptions,
): Promise<PutObjectResult> {
  const body = document('CompleteMultipartUpload', parts.map(partElement).join(''));
  const full = fullObjectChecksums(completion, dialect.fullObjectChecksums);
  const headers: RequestHeaders = { 'content-type': 'application/xml', ...conditionHeaders(completion), ...digestHeaders(full) };
  if (full !== undefined) headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  const request = { call, method: 'POST', bucket, key, query: { uploadId }, headers, body, retry: 'always' } as const;
  const { document: answer, response } = await connection.sendForXml(request, 'CompleteMultipartUploadResult', options);
  return {
    etag: unquoteEtag(childText(answer, 'ETag') ?? ''),
    sizeInBytes: parts.reduce((sum, part) => sum + part.sizeInBytes, 0),
    versionId: response.headers.get('x-amz-version-id'),
    checksums: checksumElements(answer),
    checksumType: checksumTypeOf(answer),
  };
}

/** Digests of the whole object, where the service can hold them against parts. */
function fullObjectChecksums({ checksums, checksumType }: CompleteMultipartUploadOptions, supported: readonly ChecksumAlgorithm[]): Checksums | undefined {
  if (checksums === undefined || checksumType === 'composite') return undefined;
  const kept = Object.entries(checksums).filter(([algorithm]) => supported.includes(algorithm as ChecksumAlgorithm));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function partElement({ partNumber, etag, checksums }: UploadedPart): string {
  const digests = Object.entries(checksums ?? {}).map(([algorithm, digest]) => (algorithm === 'md5' ? '' : element(`Checksum${algorithm.toUpperCase()}`, digest)));
  return `<Part>${element('PartNumber', partNumber)}${element('ETag', quoteEtag(etag))}${digests.join('')}</Part>`;
}

function checksumTypeOf(answer: XmlElement): ChecksumType | undefined {
  const type = childText(answer, 'ChecksumType');
  if (type) return type === 'COMPOSITE' ? 'composite' : 'full_object';
  const [digest] = Object.values(checksumElements(answer) ?? {});
  return digest === undefined ? undefined : digest.includes('-') ? 'composite' : 'full_object';
}

export async function abortMultipartUpload({ connection, check }: S3Context, bucket: string, key: string, uploadId: string, options: CallOptions = {}): Promise<void> {
  const call = check.upload('abortMultipartUpload', bucket, key, uploadId, options, STORAGE_OPTIONS.call);
  await dropUpload({ connection }, { call, bucket, key }, uploadId, options);
}
