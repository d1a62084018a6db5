import type { CallOptions, Poller } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { CodaPoller, FIRST_POLL_IN_MS } from './coda-poller.ts';
import { getMutationStatus, type MutationStatus } from './mutation-status.ts';

/** Options of a wait. */
export interface AppliedOptions extends CallOptions {
  /** Milliseconds to wait in all. Default 600,000. */
  timeoutInMs?: number | undefined;
  /** Milliseconds between the first questions; later ones come further apart, up to 15,000. Default 2,000. */
  pollIntervalInMs?: number | undefined;
}

/** A change that the service has accepted and will apply within seconds, usually. */
export class QueuedChange {
  /** Joins the handle with what the service answered. */
  static of<T extends object>(api: CodaApi, requestId: string | undefined, answer: T): Queued<T> {
    return Object.assign(new QueuedChange(api, requestId), answer);
  }

  readonly #api: CodaApi;
  /** The service keeps the status about a day. `undefined`: there is nothing to wait for. */
  readonly requestId: string | undefined;

  constructor(api: CodaApi, requestId: string | undefined) {
    this.#api = api;
    this.requestId = requestId;
  }

  /**
   * Waits until the change is applied. The service has no word for "failed": a change that is never applied ends in a timeout.
   *
   * @returns With a `warning` where the service has one ("Initial page HTML was invalid.").
   * @throws {TimeoutError} Queued, but not confirmed in time; `details.requestId` and `details.resume` say where to go on.
   */
  async applied(options: AppliedOptions = {}): Promise<MutationStatus> {
    if (this.requestId === undefined) return { completed: true };
    return mutationPoller(this.#api, this.requestId, FIRST_POLL_IN_MS).result(options);
  }

  /** The same wait as a poller: ask once, or carry it to another process as text. */
  poller(): Poller<MutationStatus> {
    return mutationPoller(this.#api, this.requestId ?? '', this.requestId === undefined ? 0 : FIRST_POLL_IN_MS);
  }
}

/** A queued change together with the fields the service answered. */
export type Queued<T extends object = object> = QueuedChange & Readonly<T>;

const PREFIX = 'coda:mutation:';

function mutationPoller(api: CodaApi, requestId: string, silentInMs: number): Poller<MutationStatus> {
  return new CodaPoller<MutationStatus>({
    id: requestId,
    text: `${PREFIX}${requestId}`,
    what: 'change',
    clock: api.clock,
    silentInMs,
    async check(options) {
      if (requestId === '') return { completed: true };
      const status = await getMutationStatus(api, requestId, options);
      return status.completed ? status : undefined;
    },
  });
}

/** Goes on waiting for a change from the text of its poller, possibly in another process. */
export function resumeMutation(api: CodaApi, text: string): Poller<MutationStatus> | undefined {
  return text.startsWith(PREFIX) ? mutationPoller(api, text.slice(PREFIX.length), 0) : undefined;
}
