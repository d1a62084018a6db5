import { UnavailableError } from '@cmx/cloud-core';

/** What calls under way, and later ones, fail with once their transport or client is closed. */
export function closedError(): UnavailableError {
  return new UnavailableError('The client has been closed', { retryable: false });
}
