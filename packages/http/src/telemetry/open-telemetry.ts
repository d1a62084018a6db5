import { CloudError, type SpanAttributes, type Telemetry, type TelemetrySpan } from '@cmx/cloud-core';

/** The part of `@opentelemetry/api` that is used, so that our types do not need the package. */
export interface OpenTelemetryApi {
  readonly trace: { getTracer(name: string): OpenTelemetryTracer };
}

export interface OpenTelemetryTracer {
  startSpan(name: string, options: { kind: number; attributes: SpanAttributes }): OpenTelemetrySpan;
}

export interface OpenTelemetrySpan {
  setAttributes(attributes: SpanAttributes): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

export interface OpenTelemetryOptions {
  /** `import * as api from '@opentelemetry/api'`. Default: loaded in the background; operations that begin before have no span. */
  readonly api?: OpenTelemetryApi | undefined;
}

/** Hooks that make spans. */
export interface OpenTelemetryHooks extends Telemetry {
  /** Whether spans are made: `false` when `@opentelemetry/api` is not installed. Never rejects. */
  readonly ready: Promise<boolean>;
}

const TRACER_NAME = '@cmx/http';
/** `SpanKind.CLIENT` */
const CLIENT = 2;
/** `SpanStatusCode.ERROR` */
const ERROR = 2;

/**
 * Makes an OpenTelemetry span of each operation, as a child of the span that is active when it begins: named
 * `<service>.<operation>`, with `cmx.*` and the HTTP client attributes. Paths, queries and headers are not recorded, since they may
 * hold secrets. Without `@opentelemetry/api` nothing happens.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): OpenTelemetryHooks {
  let tracer = options.api?.trace.getTracer(TRACER_NAME);
  const load = async (): Promise<boolean> => {
    tracer ??= (await loadApi())?.trace.getTracer(TRACER_NAME);
    return tracer !== undefined;
  };
  return {
    ready: load(),
    startSpan: (name, attributes) => tracer && new ClientSpan(tracer.startSpan(name, { kind: CLIENT, attributes })),
  };
}

async function loadApi(): Promise<OpenTelemetryApi | undefined> {
  return import('@opentelemetry/api').catch(() => undefined);
}

class ClientSpan implements TelemetrySpan {
  readonly #span: OpenTelemetrySpan;

  constructor(span: OpenTelemetrySpan) {
    this.#span = span;
  }

  setAttributes(attributes: SpanAttributes): void {
    this.#span.setAttributes(attributes);
  }

  end(error?: unknown): void {
    if (error !== undefined) this.#markFailed(error);
    this.#span.end();
  }

  #markFailed(error: unknown): void {
    const known = CloudError.is(error) ? error : undefined;
    const name = error instanceof Error ? error.name : 'Error';
    this.#span.setAttributes({ 'error.type': known?.code ?? name, 'http.response.status_code': known?.status, 'cmx.request_id': known?.requestId });
    this.#span.setStatus({ code: ERROR, message: known?.message ?? name });
  }
}
