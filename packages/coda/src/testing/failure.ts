import type { Json } from './state.ts';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** An answer that is an error, in the service's own words. */
export class Failure extends Error {
  readonly status: number;
  readonly body: Json;

  constructor(status: number, message?: string, more: Json = {}) {
    const statusMessage = REASONS[status] ?? 'Error';
    super(message ?? statusMessage);
    this.status = status;
    this.body = { statusCode: status, statusMessage, message: message ?? statusMessage, ...more };
  }
}

/** The member of a map, or 404. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Failure(404, `Could not find ${what}`);
  return value;
}
