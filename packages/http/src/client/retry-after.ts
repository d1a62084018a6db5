import type { ResponseHeaders } from '../transport.ts';

/**
 * Milliseconds a service asks to wait: `retry-after-ms` or `x-ms-retry-after-ms` (Azure), else `Retry-After` in seconds or as a
 * date, which is measured against the answer's own `Date` where it has one. `undefined` when it does not ask, or not in a way
 * that makes sense; a date in the past is no wait.
 *
 * @param now - Milliseconds since the epoch, for answers without a date.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterInMs(headers: ResponseHeaders, now: number): number | undefined {
  const milliseconds = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000);
  const date = /^[A-Za-z]/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - (dateOf(headers) ?? now));
}

/** The answer's `Date`, in milliseconds since the epoch. */
export function dateOf(headers: ResponseHeaders): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}
