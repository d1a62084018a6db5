import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { path } from '../api/path.ts';

export interface MutationStatus {
  readonly completed: boolean;
  /** The change was applied, but not all of it. */
  readonly warning?: string | undefined;
}

/**
 * Asks after a queued change. The status is kept about a day.
 *
 * @throws {NotFoundError} Also for some seconds after the change was queued, until every server knows of it.
 * @see https://coda.io/developers/apis/v1#operation/getMutationStatus
 */
export async function getMutationStatus(api: CodaApi, requestId: string, options: CallOptions = {}): Promise<MutationStatus> {
  return api.read('getMutationStatus', path`/mutationStatus/${requestId}`, options);
}
