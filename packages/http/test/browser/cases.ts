import { CloudError } from '@cmx/cloud-core';
import type { Fault } from '@cmx/conformance';
import { fetchTransport, HttpClient, type Transport, type TransportRequest, type TransportResponse } from '../../src/index.ts';

/** What a case works with. It runs in a page, so it has no test runner: a case that throws has failed. */
export interface BrowserContext {
  readonly transport: Transport;
  readonly origin: string;
  readonly request: (path: string, more?: Partial<TransportRequest>) => Promise<TransportResponse>;
}

export interface BrowserCase {
  readonly name: string;
  /** What the proxy in front of the service does to the requests of this case. */
  readonly fault?: Fault;
  /** Only the first requests meet the fault. */
  readonly times?: number;
  run(context: BrowserContext): Promise<void>;
}

const TIMEOUTS = { connectInMs: 2500, firstByteInMs: 2500, idleInMs: 5000 };
const SHORT = { connectInMs: 250, firstByteInMs: 50, idleInMs: 5000 };
const text = async ({ body }: TransportResponse): Promise<string> => new TextDecoder().decode(await body.bytes());

export const BROWSER_CASES: readonly BrowserCase[] = [
  ...['/echo/a%2Fb%20c?x=%41&y=&z', '/echo//double/', '/echo/%E2%82%AC?prefix=a%2B'].map((path) => ({
    name: `sends the path ${path} to the letter`,
    async run({ request }: BrowserContext) {
      same((JSON.parse(await text(await request(path))) as { path: string }).path, path);
    },
  })),
  {
    name: 'refuses dot segments',
    run: async ({ request }) => hasFields(await failure(request('/echo/a/../b')), { code: 'unsupported', phase: 'arguments' }),
  },
  ...[0, 10, 3_000_000].map((size) => ({
    name: `sends a body of ${String(size)} bytes, whole or from a source`,
    async run({ request }: BrowserContext) {
      const bytes = new Uint8Array(size);
      const source = {
        sizeInBytes: size,
        async *open() {
          yield bytes;
        },
      };
      for (const body of [bytes, source]) same((JSON.parse(await text(await request('/echo', { method: 'PUT', body }))) as { sizeInBytes: number }).sizeInBytes, size);
    },
  })),
  {
    name: 'reads statuses and headers',
    async run({ request }) {
      for (const status of [201, 204, 400, 404, 429, 503]) {
        const answer = await request(`/status/${String(status)}`);
        same([answer.status, answer.headers.get('X-Status')].join(), `${String(status)},${String(status)}`);
        await answer.body.discard();
      }
      same((await request('/headers')).headers.get('x-twice'), 'one, two');
    },
  },
  {
    name: 'does not follow a redirect',
    run: async ({ request }) => hasFields(await failure(request('/status/302')), { code: 'unknown', phase: 'response' }),
  },
  {
    name: 'reads HEAD',
    async run({ request }) {
      const { headers, body } = await request('/bytes/5000', { method: 'HEAD' });
      same([headers.get('content-length'), (await body.bytes()).byteLength].join(), '5000,0');
    },
  },
  ...['/bytes/0', '/bytes/2000000', '/chunked/5000', '/chunked/2000000'].map((path) => ({
    name: `reads ${path}, streamed and collected`,
    async run({ request }: BrowserContext) {
      for (const collect of [true, false]) same((await (await request(path, { collect })).body.bytes()).byteLength, Number(path.split('/')[2]));
    },
  })),
  {
    name: 'refuses a body that the browser has decoded',
    run: async ({ request }) => hasFields(await failure(request('/gzip')), { code: 'unsupported' }),
  },
  {
    name: 'aborts before the start, while waiting, and in the middle of a body',
    async run({ request }) {
      const reason = new Error('Enough');
      same(await failure(request('/echo', { abortSignal: AbortSignal.abort(reason) })), reason);
      for (const path of ['/silence', '/bytes/90000000']) {
        const controller = new AbortController();
        const reading = failure(request(path, { abortSignal: controller.signal }).then(({ body }) => body.bytes()));
        setTimeout(() => controller.abort(reason), 50);
        same(await reading, reason);
      }
    },
  },
  {
    name: 'gives up when no answer comes',
    fault: { kind: 'stall-headers' },
    run: async ({ request }) => hasFields(await failure(request('/echo', { timeouts: SHORT })), { code: 'timeout', phase: 'first_byte' }),
  },
  {
    name: 'gives up when a body stops coming',
    fault: { kind: 'stall-body', afterBytes: 500 },
    run: async ({ request }) => hasFields(await failure(request('/bytes/5000', { timeouts: { ...TIMEOUTS, idleInMs: 400 } }).then(({ body }) => body.bytes())), { code: 'timeout', phase: 'idle' }),
  },
  ...(['fin', 'rst'] as const).flatMap((by) =>
    (['length', 'chunked'] as const).map((framing) => ({
      name: `fails when a body is cut short by ${by} (${framing})`,
      fault: { kind: 'truncate', afterBytes: 500, by, framing } as const,
      async run({ request }: BrowserContext) {
        for (const collect of [true, false]) hasFields(await failure(request('/bytes/5000', { collect }).then(({ body }) => body.bytes())), { code: 'unavailable', phase: 'body', retryable: true });
      },
    })),
  ),
  {
    name: 'does not know how far a failed connection came',
    run: async ({ request }) => hasFields(await failure(request('/', { origin: 'http://127.0.0.1:9' })), { code: 'unavailable', phase: 'first_byte', applied: undefined, retryable: true }),
  },
  {
    name: 'serves the client, which takes it by default and tries again',
    fault: { kind: 'status', status: 503 },
    times: 2,
    async run({ origin }) {
      const http = new HttpClient({ provider: 'coda', baseUrl: `${origin}/echo`, retry: { initialDelayInMs: 1 } });
      const seen = await http.requestJson<{ path: string }>({ operation: 'getThing', method: 'GET', path: '/thing' });
      same(seen.path, '/echo/thing');
      await http.close();
    },
  },
];

/** Runs one case in the page. @returns Why it failed. */
export async function runCase(name: string, origin: string): Promise<string | undefined> {
  const transport = fetchTransport();
  const request: BrowserContext['request'] = (path, more) => transport.request({ method: 'GET', origin, path, headers: [], timeouts: TIMEOUTS, ...more });
  try {
    await BROWSER_CASES.find((candidate) => candidate.name === name)?.run({ transport, origin, request });
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    await transport.close();
  }
}

function same(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => error,
  );
}

function hasFields(error: unknown, fields: Partial<CloudError>): void {
  if (!CloudError.is(error)) throw error;
  for (const [name, expected] of Object.entries(fields)) {
    const actual: unknown = Reflect.get(error, name);
    if (actual !== expected) throw new Error(`${name} is ${String(actual)}: ${error.message}`);
  }
}
