import type { CallOptions, Poller } from '@cmx/cloud-core';
import type { NewsletterApi } from '../api/newsletter-api.ts';
import { invalidArgument } from '../api/newsletter-errors.ts';
import { cancelOperation, followOperation } from './queue-operation.ts';
import type { OperationOutcome } from './operation-outcome.ts';

/** Work in the background. */
export class Operations {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  /**
   * Stops an operation.
   *
   * @throws {NotFoundError} It is over, or there is none.
   */
  async cancel(id: string, options: CallOptions = {}): Promise<void> {
    await cancelOperation(this.#api, id, options);
  }

  /**
   * Goes on following an operation from what its poller's `toString()` gave, in another process if need be.
   *
   * @throws {InvalidArgumentError} The text is not from a client of this domain.
   */
  resume(text: string): Poller<OperationOutcome> {
    const [, domainId, id = ''] = /^newsletter-operation:(\d+):(.+)$/.exec(text) ?? [];
    if (Number(domainId) !== this.#api.domainId)
      throw invalidArgument(`This is no operation of the domain ${String(this.#api.domainId)}: ${JSON.stringify(text)}`);
    return followOperation(this.#api, id);
  }
}
