import type { Clock, Logger, RetryPolicy, Telemetry, WindowLimit } from '@cmx/cloud-core';
import type { Timeouts, Transport } from '@cmx/http';
import { invalidArgument } from './api/newsletter-errors.ts';

export interface InfomaniakNewsletterClientOptions {
  /** A bearer token made in the Manager, with the newsletter as its product or scope. */
  readonly token: string;
  /** When the token ends, if it does: from then on calls fail before they are sent. */
  readonly tokenExpiresAt?: Date | undefined;
  /** The number of the newsletter domain, from the address of its page in the Manager. */
  readonly domainId: number;
  /** Default `https://api.infomaniak.com`. */
  readonly baseUrl?: string | undefined;
  /** Requests per time that all clients of the token in this process make together. Default: the documented 60 a minute. */
  readonly rateLimit?: WindowLimit | undefined;
  readonly transport?: Transport | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock | undefined;
}

/** Everything but who is calling and for which domain. */
export type NewsletterClientSettings = Omit<InfomaniakNewsletterClientOptions, 'token' | 'tokenExpiresAt' | 'domainId'>;

/** The variables `fromEnv` reads. */
export const NEWSLETTER_ENVIRONMENT = {
  token: 'INFOMANIAK_NEWSLETTER_TOKEN',
  domainId: 'INFOMANIAK_NEWSLETTER_ID',
  baseUrl: 'INFOMANIAK_NEWSLETTER_BASE_URL',
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment, where there is a process. */
export function processEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}

/** @throws {InvalidArgumentError} A variable is missing or empty. */
export function required(env: Environment, name: string): string {
  const value = env[name]?.trim();
  if (value) return value;
  throw invalidArgument(`${name} is not set`);
}

/** @throws {InvalidArgumentError} The text is not the number of a domain. */
export function toDomainId(text: string): number {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (id > 0) return id;
  throw invalidArgument(`The newsletter domain is a positive whole number, not ${JSON.stringify(text)}`);
}
