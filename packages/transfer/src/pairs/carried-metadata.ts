import type { ContentHeaders, ObjectMetadata, PutObjectOptions, StorageClient } from '@cmx/cloud-core';
import type { CopyJob } from './copy-job.ts';

const CONTENT_HEADERS = ['contentEncoding', 'contentLanguage', 'contentDisposition', 'cacheControl', 'expires'] as const satisfies readonly (keyof ContentHeaders)[];

/** What a copy takes along besides the bytes, and what the target has no place for. */
export interface CarriedMetadata {
  readonly options: Pick<PutObjectOptions, 'contentType' | 'metadata' | (typeof CONTENT_HEADERS)[number]>;
  readonly notCarried: readonly string[];
}

/**
 * The caller's headers and metadata, else the source's. What came from the source and the target cannot keep is left out and
 * named; what the caller asked for is passed on, so that the target refuses it.
 */
export function carryMetadata(source: ObjectMetadata, target: StorageClient, job: CopyJob): CarriedMetadata {
  const { capabilities } = target;
  const notCarried: string[] = [];
  const headers: Record<string, unknown> = {};
  for (const name of CONTENT_HEADERS) {
    if (source[name] === undefined) continue;
    if (capabilities.contentHeaders) headers[name] = source[name];
    else notCarried.push(name);
  }
  const hasMetadata = Object.keys(source.metadata).length > 0;
  if (hasMetadata && !capabilities.metadata && !job.metadata) notCarried.push('metadata');
  if (source.tagCount) notCarried.push('tags');
  const metadata = job.metadata ?? (hasMetadata && capabilities.metadata ? source.metadata : undefined);
  return { options: { contentType: source.contentType, ...headers, ...job.headers, ...(metadata && { metadata }) }, notCarried };
}
