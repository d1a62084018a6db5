import type { Clock, CloudError } from '@cmx/cloud-core';
import type { ResponseHeaders } from '../transport.ts';
import { dateOf } from './retry-after.ts';

/** Codes by which services refuse a request that was signed at the wrong time. */
const SKEW_CODES: ReadonlySet<string> = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture', 'InvalidSignatureException']);
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403]);
/** Clocks nearer than this are not to blame: `Date` has whole seconds, and an answer takes its time. */
const NEGLIGIBLE_IN_MS = 10_000;
/** What services tolerate. A refusal without a code (HEAD) is put down to the clock only beyond it. */
const TOLERATED_IN_MS = 4 * 60_000;

/** What a client knows of the difference between its clock and the service's. Learned from the `Date` of refusals. */
export class ClockSkew {
  readonly #clock: Clock;
  readonly #isSkewError: ((error: CloudError) => boolean) | undefined;
  #offsetInMs = 0;

  constructor(clock: Clock, isSkewError: ((error: CloudError) => boolean) | undefined) {
    this.#clock = clock;
    this.#isSkewError = isSkewError;
  }

  /** Milliseconds the service's clock is ahead of ours, as far as is known. */
  get offsetInMs(): number {
    return this.#offsetInMs;
  }

  /** The service's time, in milliseconds since the epoch. */
  now(): number {
    return this.#clock.now() + this.#offsetInMs;
  }

  /** Learns from an answer that refuses the request as it was signed; others may come from a cache, with its date. */
  learn(status: number, headers: ResponseHeaders): void {
    const date = REFUSALS.has(status) ? dateOf(headers) : undefined;
    if (date === undefined) return;
    const offset = date - this.#clock.now();
    if (Math.abs(offset - this.#offsetInMs) > NEGLIGIBLE_IN_MS) this.#offsetInMs = offset;
  }

  /** Whether a request signed with the offset failed for it, so that signing it again with what is known now will help. */
  explains(error: CloudError, signedWithOffsetInMs: number): boolean {
    const differenceInMs = Math.abs(this.#offsetInMs - signedWithOffsetInMs);
    if (differenceInMs <= NEGLIGIBLE_IN_MS) return false;
    if (this.#isSkewError?.(error) || (error.vendorCode !== undefined && SKEW_CODES.has(error.vendorCode))) return true;
    return differenceInMs > TOLERATED_IN_MS && (error.code === 'permission_denied' || error.code === 'unauthenticated');
  }
}
