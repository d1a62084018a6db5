import { CloudProvider, systemClock } from '@cmx/cloud-core';
import { HttpClient, type HttpAuth } from '@cmx/http';
import { CodaApi } from './api/coda-api.ts';
import { decodeCodaError } from './api/coda-errors.ts';
import { limitersOf } from './api/rate-limits.ts';
import { checkedToken, DEFAULT_BASE_URL, type CodaClientOptions } from './coda-client-options.ts';

/**
 * What the functions of this package take first. A program that uses some of them only, `listRows(createCodaApi({ token }), …)`, bundles
 * those and nothing else.
 *
 * @throws {InvalidArgumentError} The token or the base URL cannot be one.
 */
export function createCodaApi(options: CodaClientOptions): CodaApi {
  const { token, baseUrl = DEFAULT_BASE_URL, rateLimits, clock = systemClock, ...rest } = options;
  const auth = bearerAuth(checkedToken(token, 'The token'), baseUrl);
  const http = new HttpClient({ ...rest, provider: CloudProvider.CODA, baseUrl, clock, auth, decodeError: decodeCodaError, headers: { accept: 'application/json' } });
  const limiters = rateLimits === false ? undefined : limitersOf(token, rateLimits, clock);
  return new CodaApi(http, limiters, clock);
}

/** Sends the token to the service and to nobody else: exports are downloaded from another place. */
function bearerAuth(token: string, baseUrl: string): HttpAuth {
  const { origin, pathname } = URL.canParse(baseUrl) ? new URL(baseUrl) : { origin: undefined, pathname: '/' };
  const home = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const authorization = `Bearer ${token}`;
  return {
    authorize(request) {
      if (request.origin === origin && request.path.startsWith(home)) request.headers.authorization = authorization;
    },
  };
}
