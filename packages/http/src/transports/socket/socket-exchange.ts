import { Exchange } from '../../connection/exchange.ts';
import type { CancelConnect } from '../../connection/socket-connector.ts';

/** What carries an exchange, once something does. */
export interface Carrier {
  pause(): void;
  resume(): void;
  destroy(reason: Error): void;
}

/** An exchange carried by a connection of our own. */
export class SocketExchange extends Exchange {
  /** Set while it is on the wire. */
  carrier: Carrier | undefined;
  /** Set while a connection is made for it. */
  cancelConnect: CancelConnect | undefined;

  pause(): void {
    this.carrier?.pause();
  }

  resume(): void {
    this.carrier?.resume();
  }

  protected closeConnection(reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error('The request was aborted', { cause: reason });
    if (this.carrier) this.carrier.destroy(error);
    else this.cancelConnect?.(error);
  }
}
