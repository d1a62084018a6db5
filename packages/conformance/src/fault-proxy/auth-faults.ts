import type { MadeUpAnswer } from './faults.ts';
import { headerValue } from './headers.ts';
import type { HeaderList } from './headers.ts';

const TOO_SKEWED: MadeUpAnswer = {
  status: 403,
  headers: { 'Content-Type': 'application/xml' },
  body:
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>RequestTimeTooSkewed</Code>' +
    '<Message>The difference between the request time and the current time is too large.</Message></Error>',
};

/** A time as RFC 9110 writes it. */
export function toHttpDate(timeInMs: number): string {
  return new Date(timeInMs).toUTCString();
}

/** When a request says it was signed, in milliseconds; `undefined` when it does not say. */
export function signingTime(headers: HeaderList): number | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headerValue(headers, 'x-amz-date') ?? '');
  if (compact) {
    const [, year, month, day, hour, minute, second] = compact;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  }
  const date = headerValue(headers, 'x-ms-date') ?? headerValue(headers, 'date');
  const time = date === undefined ? NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}

/** The refusal of a request signed too far from the service's time; `undefined` when it is near enough, or unsigned. */
export function skewRefusal(
  refusal: MadeUpAnswer | undefined,
  headers: HeaderList,
  serviceTimeInMs: number,
  toleranceInMs: number,
): MadeUpAnswer | undefined {
  const signed = signingTime(headers);
  if (signed === undefined || Math.abs(signed - serviceTimeInMs) <= toleranceInMs) return undefined;
  return refusal ?? TOO_SKEWED;
}

/** What identifies the credentials of a request: the same until they are renewed. Empty for an anonymous one. */
export function credentialsOf(headers: HeaderList): string {
  const authorization = headerValue(headers, 'authorization') ?? headerValue(headers, 'x-auth-token') ?? '';
  const accessKey = /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(authorization)?.[1];
  return accessKey === undefined ? authorization : `${accessKey} ${headerValue(headers, 'x-amz-security-token') ?? ''}`;
}

/** Whether a SigV4 signature covers a header, so that the target would refuse the request without it. */
export function isSigned(headers: HeaderList, name: string): boolean {
  const signed = /SignedHeaders=([^,\s]+)/.exec(headerValue(headers, 'authorization') ?? '')?.[1];
  return signed?.split(';').includes(name.toLowerCase()) ?? false;
}
