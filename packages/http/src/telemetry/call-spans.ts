import type { SpanAttributes, Telemetry, TelemetrySpan } from '@cmx/cloud-core';

/**
 * Hands each call its span. The operation runner starts the span, synchronously, before its first attempt; we put the HTTP
 * attributes in while it does, and keep what it gets.
 */
export class CallSpans {
  /** What the runner is to be given. */
  readonly telemetry: Telemetry;
  #attributes: SpanAttributes = {};
  #started: TelemetrySpan | undefined;

  constructor(telemetry: Telemetry) {
    this.telemetry = {
      onRetry: telemetry.onRetry?.bind(telemetry),
      onResume: telemetry.onResume?.bind(telemetry),
      onThrottle: telemetry.onThrottle?.bind(telemetry),
      startSpan: (name, attributes) => (this.#started = telemetry.startSpan?.(name, { ...attributes, ...this.#attributes })),
    };
  }

  /** Runs what starts a span. @returns Its result, and the span. */
  during<T>(attributes: SpanAttributes, start: () => T): { result: T; span: TelemetrySpan | undefined } {
    this.#attributes = attributes;
    this.#started = undefined;
    return { result: start(), span: this.#started };
  }
}

/** What is known of a request before it is sent. */
export function requestAttributes(method: string, origin: string): SpanAttributes {
  const { protocol, hostname, port } = new URL(origin);
  return {
    'http.request.method': method,
    'url.scheme': protocol.slice(0, -1),
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
  };
}
