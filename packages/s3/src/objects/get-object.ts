import { CloudError, STORAGE_OPTIONS, type ByteRange, type Call, type CallOptions, type Checksums, type GetObjectOptions, type ObjectMetadata, type StoredObject } from '@cmx/cloud-core';
import { ResumableBody, type BodyAnswer, type ResumableBodyOptions } from '@cmx/cloud-core/body';
import type { HttpResponse } from '@cmx/http';
import { withinDeadline } from '../deadline.ts';
import type { S3Context } from '../s3-context.ts';
import type { QueryParameters } from '../urls.ts';
import { toObjectMetadata, unquoteEtag } from './object-metadata.ts';
import { rangeHeader, readHeaders } from './read-headers.ts';
import { contentHeaders, customerKeyHeaders, quoteEtag, type RequestHeaders } from './store-headers.ts';

/** Bodies up to this size are read at once: cheaper than keeping their connection for somebody who may read them. */
const SMALL_BODY_BYTES = 64 * 1024;

type Slice = NonNullable<StoredObject['range']>;

class S3Object extends ResumableBody implements StoredObject {
  readonly metadata: ObjectMetadata;
  readonly range: Slice | undefined;

  constructor(metadata: ObjectMetadata, range: Slice | undefined, options: ResumableBodyOptions) {
    super(options);
    this.metadata = metadata;
    this.range = range;
  }
}

/** A read, ready to be sent once or again for the rest. */
interface Read {
  readonly call: Call;
  readonly bucket: string;
  readonly key: string;
  readonly query: QueryParameters | undefined;
  readonly headers: RequestHeaders;
}

export async function getObject(context: S3Context, bucket: string, key: string, options: GetObjectOptions = {}): Promise<StoredObject> {
  const call = context.check.object('getObject', bucket, key, options, STORAGE_OPTIONS.getObject);
  return openObject(context, call, bucket, key, options);
}

/** Opens an object for whichever call reads it. */
export async function openObject(context: S3Context, call: Call, bucket: string, key: string, options: GetObjectOptions): Promise<StoredObject> {
  const { connection, dialect } = context;
  const startedAt = Date.now();
  const keyHeaders = options.customerKey === undefined ? {} : await customerKeyHeaders(options.customerKey);
  const headers = readHeaders(options, options.range === undefined && dialect.capabilities.checksums.length > 0, keyHeaders);
  if (options.range !== undefined) headers.range = rangeHeader(options.range);
  const read: Read = { call, bucket, key, query: readQuery(options), headers };
  const answer = await withinDeadline(call, options, (callOptions) => open(context, read, options.range, callOptions));
  const metadata = toObjectMetadata(key, answer.response.headers);
  const { verifyChecksum = true, abortSignal, timeoutInMs, onProgress } = options;
  const { idleTimeoutInMs, telemetry, retry, retryBudget, clock } = connection.bodyOptions;
  // Spelt out: properties added after a spread cost a microsecond each.
  return new S3Object(answer.slice === undefined ? metadata : { ...metadata, sizeInBytes: answer.slice.totalSizeInBytes }, answer.slice, {
    where: call,
    body: answer.body,
    sizeInBytes: contentLength(answer.response),
    startInBytes: answer.slice?.start,
    etag: metadata.etag || undefined,
    reopen: dialect.capabilities.ranges ? (rest, { ifMatch, abortSignal: signal }) => reopen(context, read, rest, ifMatch, signal) : undefined,
    checksums: verifyChecksum && answer.slice === undefined ? wholeChecksums(metadata) : undefined,
    mustVerify: options.verifyChecksum,
    abortSignal,
    timeoutInMs: timeoutInMs === undefined ? undefined : Math.max(1, timeoutInMs - (Date.now() - startedAt)),
    onProgress,
    idleTimeoutInMs,
    telemetry,
    retry,
    retryBudget,
    clock,
  });
}

function readQuery({ versionId, responseHeaders }: GetObjectOptions): QueryParameters | undefined {
  if (versionId === undefined && responseHeaders === undefined) return undefined;
  return { ...(responseHeaders && contentHeaders(responseHeaders, 'response-')), versionId };
}

interface OpenAnswer {
  readonly response: HttpResponse;
  readonly slice: Slice | undefined;
  /** The bytes where they are few, otherwise the answer they come in. */
  readonly body: Uint8Array | BodyAnswer;
}

async function open({ connection }: S3Context, { call, bucket, key, query, headers }: Read, range: ByteRange | undefined, options: CallOptions): Promise<OpenAnswer> {
  const response = await connection.send({ call, method: 'GET', bucket, key, query, headers, collect: false }, options);
  const slice = range === undefined ? undefined : await askedSlice(response, range, call);
  const isSmall = (contentLength(response) ?? Infinity) <= SMALL_BODY_BYTES;
  return { response, slice, body: isSmall ? await readSmall(response, options) : toBodyAnswer(response) };
}

/** A small body that breaks is left to whoever reads it, who will ask for it again. */
async function readSmall(response: HttpResponse, { abortSignal }: CallOptions): Promise<Uint8Array | BodyAnswer> {
  try {
    return await response.body.bytes();
  } catch (error) {
    abortSignal?.throwIfAborted();
    return { ...toBodyAnswer(response), chunks: broken(error) };
  }
}

async function* broken(error: unknown): AsyncGenerator<Uint8Array> {
  throw error;
}

/** Asks for the rest of the same state of the object. Its conditions were decided by the first answer. */
async function reopen({ connection }: S3Context, read: Read, rest: { start: number; end?: number | undefined }, ifMatch: string, abortSignal: AbortSignal | undefined): Promise<BodyAnswer> {
  const { 'if-none-match': _none, 'if-modified-since': _since, 'if-unmodified-since': _until, ...headers } = read.headers;
  const response = await connection.send({ ...read, headers: { ...headers, range: rangeHeader(rest), 'if-match': quoteEtag(ifMatch) }, method: 'GET', collect: false }, { abortSignal });
  return toBodyAnswer(response);
}

function toBodyAnswer(response: HttpResponse): BodyAnswer {
  const etag = response.headers.get('etag');
  return { chunks: response.body, range: response.status === 206 ? contentRange(response) : undefined, etag: etag === undefined ? undefined : unquoteEtag(etag), discard: () => response.body.discard() };
}

/** The slice an answer is, which must be the one asked for: a whole object or another slice is never taken for it. */
async function askedSlice(response: HttpResponse, range: ByteRange, call: Call): Promise<Slice> {
  const slice = response.status === 206 ? contentRange(response) : undefined;
  if (slice !== undefined && isAsked(slice, range)) return slice;
  await response.body.discard();
  const what = slice === undefined ? 'The service ignored the range and sent the whole object' : 'The service sent another range than the one asked for';
  throw new CloudError('unknown', what, { ...call, phase: 'response', status: response.status, requestId: response.requestId });
}

function isAsked({ start, end, totalSizeInBytes }: Slice, range: ByteRange): boolean {
  const last = totalSizeInBytes - 1;
  if ('suffix' in range) return start === Math.max(0, totalSizeInBytes - range.suffix) && end === last;
  return start === range.start && end === Math.min(range.end ?? last, last);
}

function contentRange({ headers }: HttpResponse): Slice | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '');
  return match === null ? undefined : { start: Number(match[1]), end: Number(match[2]), totalSizeInBytes: Number(match[3]) };
}

function contentLength({ headers }: HttpResponse): number | undefined {
  const length = headers.get('content-length');
  return length === undefined ? undefined : Number(length);
}

/** Sums of parts' sums cannot be held against the bytes. */
function wholeChecksums({ checksums, checksumType }: ObjectMetadata): Checksums | undefined {
  return checksumType === 'full_object' ? checksums : undefined;
}
