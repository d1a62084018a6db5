import { CHECKSUM_ALGORITHMS, checks, STORAGE_OPTIONS, type CallOptions, type ChecksumAlgorithm, type MultipartUpload, type OptionRules, type UploadedPart } from '@cmx/cloud-core';
import type { UnfinishedUpload } from '@cmx/cloud-core/body';
import { listMultipartUploads } from '../listings/lists.ts';
import { partsQuery, toPartsPage } from '../listings/upload-listing.ts';
import type { S3Context } from '../s3-context.ts';
import { childText } from '../xml/xml-access.ts';
import { dropUpload, type PartTarget } from './drop-upload.ts';

/** An upload as a list of its parts describes it. */
interface ListedParts extends UnfinishedUpload {
  /** What each part must come with, where the service says it. */
  readonly checksumAlgorithm: string | undefined;
}

/** What services compute by themselves for uploads that were begun without a checksum. */
const SERVICES_OWN = 'crc64nvme';

/**
 * The upload to go on with: the one of that id, or the newest of the key that was begun for the same checksum.
 *
 * @param wanted - An id, or `true` for whichever there is.
 * @throws {NotFoundError} There is no upload of that id.
 */
export async function findUnfinished(context: S3Context, target: PartTarget, wanted: string | true, checksumAlgorithm: ChecksumAlgorithm | undefined, options: CallOptions): Promise<UnfinishedUpload | undefined> {
  if (wanted !== true) return readParts(context, target, wanted, options);
  for (const { uploadId } of await newestFirst(context, target, options)) {
    const upload = await readParts(context, target, uploadId, options);
    if (upload.checksumAlgorithm === checksumAlgorithm || (checksumAlgorithm === undefined && upload.checksumAlgorithm === SERVICES_OWN)) return upload;
  }
  return undefined;
}

async function newestFirst(context: S3Context, { bucket, key }: PartTarget, options: CallOptions): Promise<MultipartUpload[]> {
  const uploads: MultipartUpload[] = [];
  for await (const upload of listMultipartUploads(context, bucket, { ...options, prefix: key })) if (upload.key === key) uploads.push(upload);
  return uploads.sort((one, other) => (other.startedAt?.getTime() ?? 0) - (one.startedAt?.getTime() ?? 0));
}

async function readParts({ connection }: S3Context, { call, bucket, key }: PartTarget, uploadId: string, options: CallOptions): Promise<ListedParts> {
  const parts: UploadedPart[] = [];
  let checksumAlgorithm: string | undefined;
  let pageToken: string | undefined;
  do {
    const { document } = await connection.sendForXml({ call, method: 'GET', bucket, key, query: partsQuery(uploadId, { pageToken }) }, 'ListPartsResult', options);
    const page = toPartsPage(document);
    parts.push(...page.items);
    checksumAlgorithm ??= algorithmNamed(childText(document, 'ChecksumAlgorithm')) ?? Object.keys(page.items[0]?.checksums ?? {})[0];
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return { uploadId, parts, checksumAlgorithm };
}

/** Some services write `null` for none. */
function algorithmNamed(name: string | undefined): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name?.toLowerCase());
}

/** Which unfinished uploads to abort. */
export interface AbortUnfinishedOptions extends CallOptions {
  /** Only those of keys that begin with it. */
  readonly prefix?: string | undefined;
  /** Only those begun before. Default: a day ago. */
  readonly startedBefore?: Date | undefined;
}

const ABORT_OPTIONS: OptionRules = { ...STORAGE_OPTIONS.listByPrefix, startedBefore: { check: checks.date } };
const DAY_IN_MS = 24 * 60 * 60 * 1000;

export async function abortUnfinishedUploads(context: S3Context, bucket: string, options: AbortUnfinishedOptions = {}): Promise<MultipartUpload[]> {
  const call = context.check.bucket('abortUnfinishedUploads', bucket, options, ABORT_OPTIONS, 'multipart');
  const { prefix, startedBefore = new Date(Date.now() - DAY_IN_MS), ...callOptions } = options;
  const aborted: MultipartUpload[] = [];
  // An upload whose age is not known is somebody's until the contrary is known.
  for await (const upload of listMultipartUploads(context, bucket, { ...callOptions, ...(prefix !== undefined && { prefix }) })) {
    if (upload.startedAt === undefined || upload.startedAt >= startedBefore) continue;
    await dropUpload(context, { call, bucket, key: upload.key }, upload.uploadId, callOptions);
    aborted.push(upload);
  }
  return aborted;
}

