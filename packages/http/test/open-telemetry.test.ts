import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { HttpClient, openTelemetry, type HttpClientOptions, type HttpRequest } from '../src/index.ts';
import { FakeClock, ScriptedTransport } from './scripted-transport.ts';
import { failure } from './wait.ts';

const exporter = new InMemorySpanExporter();
const GET: HttpRequest = { operation: 'getObject', resource: { type: 'object', name: 'a.jpg' }, method: 'GET', path: '/a.jpg?X-Amz-Signature=secret', collect: true };

beforeAll(() => {
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
});
afterAll(() => {
  api.trace.disable();
  api.context.disable();
});
beforeEach(() => exporter.reset());

function client(script: ConstructorParameters<typeof ScriptedTransport>[0], more: Partial<HttpClientOptions> = {}): HttpClient {
  return new HttpClient({ provider: 'aws', service: 's3', baseUrl: 'https://s3.example.com:8443', transport: new ScriptedTransport(script), clock: new FakeClock(), telemetry: openTelemetry({ api }), headers: { authorization: 'Bearer secret' }, ...more });
}

function onlySpan(): ReadableSpan {
  const spans = exporter.getFinishedSpans();
  expect(spans).toHaveLength(1);
  return spans[0] as ReadableSpan;
}

it('makes a client span of a call, with the attributes of HTTP', async () => {
  await client(() => ({ headers: { 'x-amz-request-id': 'r-1' } })).request(GET);
  const span = onlySpan();
  expect(span.name).toBe('s3.getObject');
  expect(span.kind).toBe(api.SpanKind.CLIENT);
  expect(span.status.code).toBe(api.SpanStatusCode.UNSET);
  expect(span.attributes).toEqual({
    'cmx.provider': 'aws',
    'cmx.service': 's3',
    'cmx.operation': 'getObject',
    'cmx.resource': 'a.jpg',
    'cmx.request_id': 'r-1',
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'server.address': 's3.example.com',
    'server.port': 8443,
    'url.scheme': 'https',
  });
});

it('counts how often the request was sent again', async () => {
  await client((_, count) => ({ status: count < 2 ? 503 : 200 })).request(GET);
  expect(onlySpan().attributes['http.request.resend_count']).toBe(2);
});

it('marks a call that failed, without its secrets', async () => {
  await failure(client(() => ({ status: 403, headers: { 'x-amz-request-id': 'r-2' }, body: '{"message":"No: Bearer secret"}' })).request(GET));
  const span = onlySpan();
  expect(span.status.code).toBe(api.SpanStatusCode.ERROR);
  expect(span.attributes).toMatchObject({ 'error.type': 'permission_denied', 'http.response.status_code': 403, 'cmx.request_id': 'r-2' });
  expect(JSON.stringify([span.attributes, span.status, span.events])).not.toContain('secret');
});

it('is a child of the span in which the call was made, also among calls at once', async () => {
  const http = client(() => ({}));
  const tracer = api.trace.getTracer('test');
  await Promise.all(
    ['one', 'two'].map((name) =>
      tracer.startActiveSpan(name, async (parent) => {
        await http.request({ ...GET, operation: name });
        parent.end();
      }),
    ),
  );
  const spans = exporter.getFinishedSpans();
  for (const name of ['one', 'two']) {
    const parent = spans.find((span) => span.name === name);
    const child = spans.find((span) => span.name === `s3.${name}`);
    expect(child?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId);
  }
});

it('finds the installed package by itself', async () => {
  const telemetry = openTelemetry();
  expect(await telemetry.ready).toBe(true);
  await client(() => ({}), { telemetry }).request(GET);
  expect(onlySpan().name).toBe('s3.getObject');
});

it('tells the hooks of other kinds of telemetry too', async () => {
  const retries: number[] = [];
  await client((_, count) => ({ status: count === 0 ? 500 : 200 }), { telemetry: { onRetry: ({ attempt }) => retries.push(attempt) } }).request(GET);
  expect(retries).toEqual([1]);
  expect(exporter.getFinishedSpans()).toEqual([]);
});
