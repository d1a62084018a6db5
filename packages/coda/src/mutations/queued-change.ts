import type { Accepted, Poller } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { codaPoller, FIRST_POLL_IN_MS } from './coda-poller.ts';
import { getMutationStatus, type MutationStatus } from './mutation-status.ts';

/**
 * A change that the service has accepted and will apply within seconds, usually. `await change.applied()` waits until it is, at most ten
 * minutes: the service has no word for "failed", so a change that is never applied ends in a timeout. The status has a `warning` where
 * the service has one ("Initial page HTML was invalid.").
 */
export interface QueuedChange extends Accepted<MutationStatus> {
  /** The service keeps the status about a day. `undefined`: there is nothing to wait for. */
  readonly requestId: string | undefined;
}

/** A queued change together with the fields the service answered. */
export type Queued<T extends object = object> = QueuedChange & Readonly<T>;

/** Joins the change with what the service answered. */
export function toQueued<T extends object>(api: CodaApi, requestId: string | undefined, answer: T): Queued<T> {
  const applied = (): Poller<MutationStatus> => mutationPoller(api, requestId, requestId === undefined ? 0 : FIRST_POLL_IN_MS);
  return { id: requestId ?? '', ...answer, requestId, applied };
}

const PREFIX = 'coda:mutation:';

function mutationPoller(api: CodaApi, requestId: string | undefined, silentInMs: number): Poller<MutationStatus> {
  return codaPoller<MutationStatus>({
    id: requestId ?? '',
    token: `${PREFIX}${requestId ?? ''}`,
    clock: api.clock,
    silentInMs,
    async check(options) {
      if (requestId === undefined) return { completed: true };
      const status = await getMutationStatus(api, requestId, options);
      return status.completed ? status : undefined;
    },
  });
}

/** Goes on waiting for a change from the text of its poller, possibly in another process. */
export function resumeMutation(api: CodaApi, text: string): Poller<MutationStatus> | undefined {
  return text.startsWith(PREFIX) ? mutationPoller(api, text.slice(PREFIX.length), 0) : undefined;
}
