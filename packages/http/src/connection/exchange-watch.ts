import { DeadlineWatch, type Watched } from '../deadline-watch.ts';
import type { TransportRequest } from '../transport.ts';

/** What the watch needs of an exchange. */
export interface WatchedExchange extends Watched {
  readonly request: TransportRequest;
  abort(reason: unknown): void;
}

interface Listening {
  /** Exchanges under the signal. */
  count: number;
  readonly onAbort: () => void;
}

/**
 * All exchanges of a transport, by deadline, owner and abort signal. A signal has one listener, however many exchanges are under
 * it: adding and removing one for each would cost more than all the rest of a small request.
 */
export class ExchangeWatch extends DeadlineWatch<WatchedExchange> {
  readonly #listening = new Map<AbortSignal, Listening>();

  override add(exchange: WatchedExchange): void {
    super.add(exchange);
    const { abortSignal } = exchange.request;
    if (!abortSignal) return;
    const known = this.#listening.get(abortSignal);
    if (known) known.count += 1;
    else this.#listen(abortSignal);
  }

  override delete(exchange: WatchedExchange): void {
    super.delete(exchange);
    const { abortSignal } = exchange.request;
    const known = abortSignal && this.#listening.get(abortSignal);
    if (!known || --known.count > 0) return;
    abortSignal.removeEventListener('abort', known.onAbort);
    this.#listening.delete(abortSignal);
  }

  abortOwner(owner: object, reason: unknown): void {
    this.#abort(({ request }) => request.owner === owner, reason);
  }

  abortAll(reason: unknown): void {
    this.#abort(() => true, reason);
  }

  #listen(abortSignal: AbortSignal): void {
    const onAbort = (): void => this.#abort(({ request }) => request.abortSignal === abortSignal, abortSignal.reason);
    abortSignal.addEventListener('abort', onAbort);
    this.#listening.set(abortSignal, { count: 1, onAbort });
  }

  #abort(isMeant: (exchange: WatchedExchange) => boolean, reason: unknown): void {
    for (const exchange of this.watched) if (isMeant(exchange)) exchange.abort(reason);
  }
}
