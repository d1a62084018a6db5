import type { CodaApi } from '../api/coda-api.ts';
import { whoami, type User, type WhoamiOptions } from './account.ts';

/** The token itself. */
export class Account {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Tells whose token this is. Works with any token. */
  whoami(options: WhoamiOptions = {}): Promise<User> {
    return whoami(this.#api, options);
  }
}
