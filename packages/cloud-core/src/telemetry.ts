/** Attribute values a span can hold. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One timed piece of work. */
export interface TelemetrySpan {
  setAttributes(attributes: SpanAttributes): void;
  /** Ends the span; with an error it is marked as failed. Called exactly once. */
  end(error?: unknown): void;
}

/** Hooks a client calls while it works. `@cmx/http` brings one that makes OpenTelemetry spans. All are optional. */
export interface Telemetry {
  /** An operation begins: `name` is `<service>.<operation>`. */
  startSpan?(name: string, attributes: SpanAttributes): TelemetrySpan | undefined;
  /** Another attempt will follow after `delayInMs`. */
  onRetry?(event: { operation: string; attempt: number; delayInMs: number; error: unknown }): void;
  /** A download broke and goes on at `offsetInBytes`. */
  onResume?(event: { operation: string; offsetInBytes: number; error: unknown }): void;
  /** A call waited for our own rate limit. */
  onThrottle?(event: { operation: string; waitedInMs: number }): void;
}
