import { UnavailableError } from '@cmx/cloud-core';
import type { DeadlineWatch } from '../deadline-watch.ts';
import { Exchange } from './exchange.ts';

/** Ends the exchanges of one owner, or of everybody. */
export function abortExchanges(watch: DeadlineWatch, owner: object | undefined, reason: unknown): void {
  for (const watched of watch.watched) {
    if (watched instanceof Exchange && (owner === undefined || watched.request.owner === owner)) watched.abort(reason);
  }
}

/** What calls under way, and later ones, fail with once their transport or client is closed. */
export function closedError(): UnavailableError {
  return new UnavailableError('The client has been closed', { retryable: false });
}
