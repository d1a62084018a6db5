import type { CloudErrorCode } from './errors/codes.ts';

/** Attribute values a span can hold. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One timed piece of work. */
export interface TelemetrySpan {
  setAttributes(attributes: SpanAttributes): void;
  /** Ends the span; with an error it is marked as failed. Called exactly once. */
  end(error?: unknown): void;
}

/** One request to a service that was answered, or failed. Without headers and bodies; secrets in the query are masked. */
export interface RequestEvent {
  /** The client's method it is part of: `putObject`. */
  readonly operation: string;
  /** `GET` */
  readonly method: string;
  /** `https://s3.example.com` */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  /** Of its call, from 1. A request that is signed anew and sent again at once, without a delay, has the same number. */
  readonly attempt: number;
  /** From its signing until its answer's head has come, or the whole answer where that is read at once, or its failure. */
  readonly durationInMs: number;
  readonly requestSizeInBytes: number;
  /** Absent without an answer. */
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** As the answer declares it. Absent for errors, and where it does not. */
  readonly responseSizeInBytes?: number | undefined;
  /** Code of the error it came to, or `aborted`. */
  readonly error?: CloudErrorCode | 'aborted' | undefined;
}

/** Hooks a client calls while it works. `@cmx/http` brings one that makes OpenTelemetry spans. All are optional. */
export interface Telemetry {
  /** An operation begins: `name` is `<service>.<operation>`. */
  startSpan?(name: string, attributes: SpanAttributes): TelemetrySpan | undefined;
  /** A request was answered or failed: each attempt of each call. Must not throw. */
  onRequest?(event: RequestEvent): void;
  /** Another attempt will follow after `delayInMs`. */
  onRetry?(event: { operation: string; attempt: number; delayInMs: number; error: unknown }): void;
  /** A download broke and goes on at `offsetInBytes`. */
  onResume?(event: { operation: string; offsetInBytes: number; error: unknown }): void;
  /** A call waited for our own rate limit. */
  onThrottle?(event: { operation: string; waitedInMs: number }): void;
}
