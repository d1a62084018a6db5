import type { ConnectionOptions } from '@cmx/cloud';
import type { Clock, ConnectionType } from '@cmx/cloud-core';

/** Time that stands still except while somebody sleeps, and then jumps. */
export class SkippingClock implements Clock {
  #now = Date.UTC(2026, 5, 1, 12);

  now(): number {
    return this.#now;
  }

  async sleep(timeInMs: number, abortSignal?: AbortSignal): Promise<void> {
    abortSignal?.throwIfAborted();
    this.#now += timeInMs;
  }
}

/** A kind of connection as the command line finds it. */
export function registered(type: ConnectionType): NonNullable<ConnectionOptions['types']>[number] {
  return { type: type.type, title: type.title, packageName: `@cmx/${type.type}`, load: async () => type };
}
