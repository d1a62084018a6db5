import { type Clock, type Logger, type RetryPolicy, type Telemetry } from '@cmx/cloud-core';
import type { Timeouts, Transport } from '@cmx/http';
import { invalidArgument } from './api/coda-errors.ts';
import type { CodaRateLimits } from './api/rate-limits.ts';

/** The service's older name, still the one its own clients use. The newer `https://docs.superhuman.com/apis/v1` serves the same API. */
export const DEFAULT_BASE_URL = 'https://coda.io/apis/v1';

export interface CodaClientOptions {
  /** Made in the account settings; may be restricted to some docs and to reading. */
  readonly token: string;
  /** Default `https://coda.io/apis/v1`. */
  readonly baseUrl?: string | undefined;
  /** What all clients of the token in this process spend together; `false` holds nothing back. Default: the published limits. */
  readonly rateLimits?: Partial<CodaRateLimits> | false | undefined;
  readonly transport?: Transport | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock | undefined;
}

/** Everything but who is calling. */
export type CodaClientSettings = Omit<CodaClientOptions, 'token'>;

/** The variables `fromEnv` reads. */
export const TOKEN_VARIABLE = 'CODA_API_TOKEN';
export const BASE_URL_VARIABLE = 'CODA_BASE_URL';

/** @throws {InvalidArgumentError} The text cannot be a token. */
export function checkedToken(token: string | undefined, name: string): string {
  if (token !== undefined && /^[\x21-\x7e]+$/.test(token)) return token;
  throw invalidArgument(token ? `${name} holds characters that no token has` : `${name} is not set`, { phase: 'credentials' });
}
