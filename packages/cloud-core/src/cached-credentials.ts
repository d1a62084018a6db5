import { untilAborted } from './abort.ts';
import { systemClock, type Clock } from './clock.ts';
import type { CredentialProvider } from './credentials.ts';
import type { CallOptions } from './models/call-options.ts';

export interface CachedCredentialsOptions {
  /** Milliseconds before they expire from which on they are renewed. Default 300,000. */
  readonly renewBeforeInMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Asks a provider of credentials once, for everybody who waits, and again shortly before they expire. Until then those at hand are
 * given out while new ones are fetched. A caller that gives up waiting does not stop the others; a failure is not remembered.
 */
export class CachedCredentials<T extends { readonly expiresAt?: Date | undefined }> {
  readonly #provider: CredentialProvider<T>;
  readonly #renewBeforeInMs: number;
  readonly #clock: Clock;
  #known: T | undefined;
  #renewal: Promise<T> | undefined;

  constructor(provider: CredentialProvider<T>, { renewBeforeInMs = 300_000, clock = systemClock }: CachedCredentialsOptions = {}) {
    this.#provider = provider;
    this.#renewBeforeInMs = renewBeforeInMs;
    this.#clock = clock;
  }

  /** The credentials at hand, when they are good for a while yet: saves a promise on the way of every request. */
  get current(): T | undefined {
    return this.#isGood(this.#renewBeforeInMs) ? this.#known : undefined;
  }

  /** Credentials that have not expired. Rejects with what the provider threw, or the signal's reason. */
  async get({ abortSignal }: CallOptions = {}): Promise<T> {
    const { current } = this;
    if (current) return current;
    const renewal = this.#renewal ?? this.#renew();
    if (!this.#isGood(0)) return untilAborted(renewal, abortSignal);
    renewal.catch(() => undefined);
    return this.#known as T;
  }

  /** Forgets them, because the service did not take them: the next call asks again. */
  forget(): void {
    this.#known = undefined;
    this.#renewal = undefined;
  }

  #isGood(marginInMs: number): boolean {
    const { expiresAt } = this.#known ?? { expiresAt: new Date(0) };
    return expiresAt === undefined || expiresAt.getTime() - marginInMs > this.#clock.now();
  }

  #renew(): Promise<T> {
    // No caller's signal goes along: the next caller wants the answer as well.
    const renewal = this.#provider({});
    this.#renewal = renewal;
    const finish = (credentials?: T): void => {
      if (this.#renewal !== renewal) return;
      this.#renewal = undefined;
      this.#known = credentials ?? this.#known;
    };
    renewal.then(finish, () => finish());
    return renewal;
  }
}
