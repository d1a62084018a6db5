import type { CallOptions } from '@cmx/cloud-core';
import type { NewsletterApi } from '../api/newsletter-api.ts';
import { invalidArgument } from '../api/newsletter-errors.ts';
import { commaList, toQuery } from '../api/query.ts';
import type { WithOptions } from '../api/with-options.ts';

export type DomainStatus = 'blocked' | 'disabled' | 'enabled' | 'error' | 'suspended' | 'unknown' | 'waiting';

/** A newsletter domain: the product that campaigns and subscribers belong to. */
export interface Domain {
  readonly id: number;
  readonly name: string;
  readonly status: DomainStatus;
  readonly senderType: string;
  readonly creditMonth: number;
  /** Emails an hour. */
  readonly limitByHour?: number | undefined;
  readonly dns?: readonly unknown[] | null | undefined;
  readonly awsIdentity?: string | undefined;
  readonly canUseOtherDomains: boolean;
  readonly subDomains?: readonly unknown[] | undefined;
  readonly statistics?: Readonly<Record<string, unknown>> | undefined;
  readonly canUseNewMailBuilder?: boolean | undefined;
}

/** The client's own domain. */
export class NewsletterDomain {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  /** The identifier every call of this client is about. */
  get id(): number {
    return this.#api.domainId;
  }

  /** @throws {NotFoundError} There is no such domain for this token. */
  async get(options: WithOptions = {}): Promise<Domain> {
    return this.#api.fetchOne({ operation: 'domain.get', path: toQuery({ with: commaList(options.with) }), resource: this.#resource }, options);
  }

  /**
   * Deletes the domain with every campaign and subscriber in it, for good.
   *
   * @param domainId - The domain's identifier once more, so that a slip of the hand deletes nothing.
   * @throws {InvalidArgumentError} It is another than the client's.
   */
  async delete(domainId: number, options: CallOptions = {}): Promise<void> {
    if (domainId !== this.#api.domainId)
      throw invalidArgument(`This client is for the domain ${String(this.#api.domainId)}, not ${String(domainId)}`);
    await this.#api.delete({ operation: 'domain.delete', path: '', resource: this.#resource }, options);
  }

  /**
   * What the service calls "authentication information to use the API", in a shape it does not document. It is a secret: do not log it.
   */
  async getApiKey(options: CallOptions = {}): Promise<unknown> {
    return this.#api.fetch({ operation: 'domain.getApiKey', path: '/api-key', resource: this.#resource }, options);
  }

  get #resource() {
    return { type: 'domain', name: String(this.#api.domainId) };
  }
}
