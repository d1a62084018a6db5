import { withErrorFields, type CloudError } from '@cmx/cloud-core';
import type { ErrorDecoder, ResponseHeaders } from '@cmx/http';
import { errorFromEnvelope, errorFromForeignAnswer, type WireError } from './newsletter-errors.ts';

/** What every answer is wrapped in. The paging members are there when `page` was asked for. */
export interface Envelope {
  readonly result: string;
  readonly data?: unknown;
  readonly error?: WireError | undefined;
  readonly total?: number | undefined;
  readonly page?: number | undefined;
  readonly pages?: number | undefined;
  readonly items_per_page?: number | undefined;
}

/** The service's window is a minute, and it need not say when to come back: three waits of this outlast it. */
const WAIT_WITHOUT_RETRY_AFTER_IN_MS = 20_000;

/** `asynchronous` is a success whose work goes on; some products write `failure` for `error`. */
const SUCCESSES: ReadonlySet<string> = new Set(['success', 'asynchronous']);

const decoder = new TextDecoder();

/**
 * The envelope of an answer with a success status.
 *
 * @throws {CloudError} The envelope says `error` all the same, or the answer is no envelope.
 */
export function readEnvelope(status: number, headers: ResponseHeaders, body: Uint8Array): Envelope {
  const text = decoder.decode(body);
  const envelope = parseEnvelope(text);
  if (!envelope) throw errorFromForeignAnswer(status, headers, text);
  if (!SUCCESSES.has(envelope.result)) throw errorFromEnvelope(status, envelope.error);
  return envelope;
}

/** Makes a typed error of an answer that is not a success. */
export const decodeNewsletterError: ErrorDecoder = ({ status, headers, body }): CloudError => {
  const text = decoder.decode(body);
  const envelope = parseEnvelope(text);
  const error = envelope ? errorFromEnvelope(status, envelope.error) : errorFromForeignAnswer(status, headers, text);
  const isUntold = status === 429 && headers.get('retry-after') === undefined;
  return isUntold ? withErrorFields(error, { retryAfterInMs: WAIT_WITHOUT_RETRY_AFTER_IN_MS }) : error;
};

function parseEnvelope(text: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isEnvelope = typeof value === 'object' && value !== null && typeof (value as Envelope).result === 'string';
    return isEnvelope ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}
