import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { getMutationStatus, type MutationStatus } from './mutation-status.ts';

/** Changes the service has queued. */
export class Mutations {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /**
   * Asks after a queued change. The status is kept about a day.
   *
   * @throws {NotFoundError} Also for some seconds after the change was queued, until every server knows of it.
   */
  getStatus(requestId: string, options: CallOptions = {}): Promise<MutationStatus> {
    return getMutationStatus(this.#api, requestId, options);
  }
}
