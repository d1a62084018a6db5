import type { ResponseHeaders } from '../transport.ts';

/** Where services put the id that their support asks for. */
export const REQUEST_ID_HEADERS: readonly string[] = [
  'x-amz-request-id',
  'x-amzn-requestid',
  'x-ms-request-id',
  'x-openstack-request-id',
  'x-trans-id',
  'x-guploader-uploadid',
  'x-request-id',
  'request-id',
  'x-correlation-id',
];

export function requestIdOf(headers: ResponseHeaders, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = headers.get(name);
    if (value) return value;
  }
  return undefined;
}
