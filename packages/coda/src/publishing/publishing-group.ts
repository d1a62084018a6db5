import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { DocCategory } from '../docs/doc-models.ts';
import type { Queued } from '../mutations/queued-change.ts';
import { listCategories, publishDoc, unpublishDoc, type PublishDocInput } from './publishing.ts';

/** Publication of docs. */
export class Publishing {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the categories a published doc can be put in. */
  listCategories(options: ReadOptions = {}): Promise<readonly DocCategory[]> {
    return listCategories(this.#api, options);
  }

  /** Queues the publication of a doc, or changes how it is published. */
  publish(docId: string, publication: PublishDocInput = {}, options: CallOptions = {}): Promise<Queued> {
    return publishDoc(this.#api, docId, publication, options);
  }

  /** Ends the publication of a doc. Succeeds when it is not published. */
  unpublish(docId: string, options: CallOptions = {}): Promise<void> {
    return unpublishDoc(this.#api, docId, options);
  }
}
