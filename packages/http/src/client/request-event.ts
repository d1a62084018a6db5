import { CloudError, redact, type RequestEvent } from '@cmx/cloud-core';
import { bodySizeInBytes } from '../body/request-body.ts';
import type { HttpRequest, HttpResponse } from '../http-client-options.ts';

/** What can be told of a request before it is sent. */
export interface SentRequest {
  readonly request: HttpRequest;
  readonly origin: string;
  /** As it was asked for, not as it was signed. */
  readonly path: string;
  readonly attempt: number;
  readonly startedAt: number;
}

/** Tells of a request that was answered. */
export function answeredEvent(sent: SentRequest, { status, headers, requestId }: HttpResponse): RequestEvent {
  const size = headers.get('content-length');
  return { ...describe(sent), status, requestId, responseSizeInBytes: size === undefined ? undefined : Number(size) };
}

/** Tells of a request that came to an error, by its answer or without one. */
export function failedEvent(sent: SentRequest, error: unknown): RequestEvent {
  if (!CloudError.is(error)) return { ...describe(sent), error: 'aborted' };
  return { ...describe(sent), status: error.status, requestId: error.requestId, error: error.code };
}

function describe({ request, origin, path, attempt, startedAt }: SentRequest): RequestEvent {
  const { operation, method, body } = request;
  return { operation, method, origin, path: withoutSecrets(path), attempt, durationInMs: performance.now() - startedAt, requestSizeInBytes: bodySizeInBytes(body) };
}

const SECRET_NAME = /sign|^sig$|_sig$|credential|secret|passw|token|auth|policy|key-?pair|access_?key|api[-_]?key|^code$/i;

/** A path whose query keeps its names, and its values but for those that may be secret, whoever signed it. */
export function withoutSecrets(path: string): string {
  const [before = '', ...rest] = path.split('?');
  if (rest.length === 0) return redact(path);
  const parameters = rest.join('?').split('&').map((parameter) => {
    const [name = '', value] = parameter.split('=', 2);
    return value !== undefined && SECRET_NAME.test(decoded(name)) ? `${name}=***` : parameter;
  });
  return redact(`${before}?${parameters.join('&')}`);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
