import { CloudError, createPoller, type CallOptions, type Clock, type Poller } from '@cmx/cloud-core';

/** For so long after it was accepted, a 404 means that not every server knows of the work yet. */
const LAG_IN_MS = 30_000;
/** No work is done sooner. */
export const FIRST_POLL_IN_MS = 2_000;
/** The service has no word for "this will never be done". */
const DEADLINE_IN_MS = 600_000;

export interface CodaPollerOptions<T> {
  readonly id: string;
  /** From which another process can go on. */
  readonly token: string;
  readonly clock: Clock;
  /** Milliseconds from now for which asking is useless; 0 for work that began long ago. */
  readonly silentInMs: number;
  /** Asks once: the result, or `undefined` while there is none. Throws when there will be none. */
  readonly check: (options: CallOptions) => Promise<T | undefined>;
}

/** Waits for something the service does by itself, patient with servers that have not heard of it yet. */
export function codaPoller<T>({ id, token, clock, silentInMs, check }: CodaPollerOptions<T>): Poller<T> {
  const startedAt = clock.now();
  const ageInMs = (): number => clock.now() - startedAt;
  return createPoller<T>({
    ...{ id, token, clock, where: { provider: 'coda' }, pollIntervalInMs: FIRST_POLL_IN_MS, timeoutInMs: DEADLINE_IN_MS },
    async poll(options) {
      if (ageInMs() < silentInMs) return { state: 'pending' };
      try {
        const result = await check(options);
        return result === undefined ? { state: 'running' } : { state: 'succeeded', result };
      } catch (error) {
        if (!CloudError.is(error) || error.retryable) throw error;
        const isLag = error.status === 404 && ageInMs() < LAG_IN_MS;
        return isLag ? { state: 'pending' } : { state: 'failed', error };
      }
    },
  });
}
