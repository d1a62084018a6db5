import { untilAborted } from '@cmx/cloud-core';
import type { HttpAuth } from '../http-client-options.ts';

/** Renews a client's credentials once for all the calls that find them expired. */
export class CredentialRenewal {
  readonly #auth: HttpAuth;
  #renewals = 0;
  #underWay: Promise<boolean> | undefined;

  constructor(auth: HttpAuth) {
    this.#auth = auth;
  }

  /** How often credentials have been renewed: what a request notes when it is signed. */
  get renewals(): number {
    return this.#renewals;
  }

  /**
   * Whether a request that was refused may be sent again with newer credentials. Joins a renewal under way; starts none if
   * there was one since the request was signed. A caller's abort ends its waiting, not the renewal others wait for.
   */
  async renewAfter(signedWith: number, abortSignal: AbortSignal | undefined): Promise<boolean> {
    if (this.#renewals > signedWith) return true;
    if (!this.#auth.renew) return false;
    this.#underWay ??= this.#renew(this.#auth.renew.bind(this.#auth));
    return untilAborted(this.#underWay, abortSignal);
  }

  async #renew(renew: NonNullable<HttpAuth['renew']>): Promise<boolean> {
    try {
      const renewed = await renew({});
      if (renewed) this.#renewals += 1;
      return renewed;
    } finally {
      this.#underWay = undefined;
    }
  }
}
