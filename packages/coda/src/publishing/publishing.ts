import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { DocCategory, DocPublishMode } from '../docs/doc-models.ts';
import type { Queued } from '../mutations/queued-change.ts';

export interface PublishDocInput {
  /** Last part of the published address. */
  readonly slug?: string | undefined;
  /** Whether search engines and the gallery may show it. */
  readonly discoverable?: boolean | undefined;
  /** Names of `listCategories`. */
  readonly categoryNames?: readonly string[] | undefined;
  readonly mode?: DocPublishMode | undefined;
}

/**
 * Lists the categories a published doc can be put in.
 *
 * @see https://coda.io/developers/apis/v1#operation/listCategories
 */
export async function listCategories(api: CodaApi, options: ReadOptions = {}): Promise<readonly DocCategory[]> {
  const { items } = await api.read<{ items: DocCategory[] }>('listCategories', '/categories', options);
  return items;
}

/**
 * Queues the publication of a doc, or changes how it is published.
 *
 * @see https://coda.io/developers/apis/v1#operation/publishDoc
 */
export async function publishDoc(api: CodaApi, docId: string, publication: PublishDocInput = {}, options: CallOptions = {}): Promise<Queued> {
  return api.queue({ operation: 'publishDoc', method: 'PUT', path: path`/docs/${docId}/publish`, body: publication, limit: 'write' }, options);
}

/**
 * Ends the publication of a doc. Succeeds when it is not published.
 *
 * @see https://coda.io/developers/apis/v1#operation/unpublishDoc
 */
export async function unpublishDoc(api: CodaApi, docId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'unpublishDoc', method: 'DELETE', path: path`/docs/${docId}/publish` }, options));
}
