import { CloudError, InvalidArgumentError, TimeoutError, UnavailableError } from '@cmx/cloud-core';
import type { Timeouts } from '../transport.ts';

/** How far a request has come. */
export type Stage = 'connect' | 'send' | 'first_byte' | 'body';

const INVALID_REQUEST = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_HTTP_TOKEN', 'ERR_HTTP_INVALID_HEADER_VALUE']);

/** Certificates that do not hold, and peers that do not speak TLS: no retry mends either. */
const TLS_REFUSAL = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_|ERR_SSL_|EPROTO)/;

/** Failures that come before a connection stands. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|ENFILE|UND_ERR_CONNECT_TIMEOUT)/;

/** The `code` of an error or of what caused it, as far down as there is one. */
export function errorCode(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return undefined;
}

/** Whether a failure of this code can only have come before anything was sent. */
export function isConnectFailure(code: string | undefined): boolean {
  return code !== undefined && (NOT_CONNECTED.test(code) || TLS_REFUSAL.test(code));
}

/** The typed error of a connection that failed. */
export function toTransportError(error: unknown, stage: Stage, origin: string): CloudError {
  if (CloudError.is(error)) return error;
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code !== undefined && INVALID_REQUEST.has(code)) return new InvalidArgumentError(`The request cannot be sent: ${message}`, { cause: error });
  const retryable = code === undefined || !TLS_REFUSAL.test(code);
  return new UnavailableError(`${SUMMARY[stage]} ${origin}: ${code ?? message}`, { phase: phaseOf(stage), applied: stage === 'connect' ? false : undefined, retryable, cause: error });
}

/** The typed error of a timer that fired. */
export function stageTimeout(stage: Stage, origin: string, timeouts: Timeouts): TimeoutError {
  if (stage === 'connect') return connectTimeout(origin, timeouts.connectInMs);
  if (stage === 'first_byte') return new TimeoutError(`No answer from ${origin} within ${String(timeouts.firstByteInMs)} ms`, { phase: 'first_byte' });
  return new TimeoutError(`No byte passed between us and ${origin} for ${String(timeouts.idleInMs)} ms`, { phase: 'idle' });
}

export function connectTimeout(origin: string, timeInMs: number): TimeoutError {
  return new TimeoutError(`No connection to ${origin} within ${String(timeInMs)} ms`, { phase: 'connect', applied: false });
}

const SUMMARY: Readonly<Record<Stage, string>> = {
  connect: 'No connection to',
  send: 'The connection broke while sending to',
  first_byte: 'The connection broke before an answer came from',
  body: 'The connection broke in the middle of an answer from',
};

function phaseOf(stage: Stage): 'connect' | 'first_byte' | 'body' {
  return stage === 'send' ? 'first_byte' : stage;
}
