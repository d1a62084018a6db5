import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import type { Doc } from './doc-models.ts';
import { createDoc, deleteDoc, getDoc, listDocs, updateDoc, type CreateDocInput, type ListDocsOptions, type UpdateDocInput } from './docs.ts';

/** Docs. */
export class Docs {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the docs the token can reach, the ones opened most recently first. Has a limit of its own: 4 requests in 6 seconds. */
  list(options: ListDocsOptions = {}): Paged<Doc> {
    return listDocs(this.#api, options);
  }

  /** Creates a doc, empty or as a copy. Needs the role Doc Maker. Never repeated after it may have arrived, or there would be two. */
  create(doc: CreateDocInput = {}, options: CallOptions = {}): Promise<Queued<Doc>> {
    return createDoc(this.#api, doc, options);
  }

  /** Reads what a doc is, without its content. */
  get(docId: string, options: ReadOptions = {}): Promise<Doc> {
    return getDoc(this.#api, docId, options);
  }

  /** Changes a doc's title or icon. */
  update(docId: string, changes: UpdateDocInput, options: CallOptions = {}): Promise<void> {
    return updateDoc(this.#api, docId, changes, options);
  }

  /** Deletes a doc. Accepted, not done, when this returns; there is nothing to ask after it. Succeeds when the doc is already gone. */
  delete(docId: string, options: CallOptions = {}): Promise<void> {
    return deleteDoc(this.#api, docId, options);
  }
}
