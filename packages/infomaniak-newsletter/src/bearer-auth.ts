import { UnauthenticatedError } from '@cmx/cloud-core';
import type { HttpAuth } from '@cmx/http';
import { invalidArgument } from './api/newsletter-errors.ts';

/**
 * Sends the token with every request.
 *
 * @throws {InvalidArgumentError} It cannot be sent in a header.
 */
export function bearerAuth(token: string, expiresAt: Date | undefined): HttpAuth {
  if (!/^[\x21-\x7e]+$/.test(token)) throw invalidArgument('The token is empty or holds characters that no token has');
  const authorization = `Bearer ${token}`;
  return {
    authorize(request) {
      if (expiresAt && expiresAt.getTime() <= request.now)
        throw new UnauthenticatedError(`The token ended at ${expiresAt.toISOString()}`, { phase: 'credentials' });
      request.headers.authorization = authorization;
    },
  };
}
