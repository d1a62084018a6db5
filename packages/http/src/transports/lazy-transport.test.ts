import { expect, it } from 'vitest';
import { CollectedBody } from '../body/collected-body.ts';
import type { Transport, TransportRequest } from '../transport.ts';
import { LazyTransport } from './lazy-transport.ts';

const REQUEST: TransportRequest = { method: 'GET', origin: 'https://example.com', path: '/', headers: [], timeouts: { connectInMs: 1, firstByteInMs: 1, idleInMs: 1 } };

/** A lazy transport whose code comes when it is told to, and what became of the transport inside. */
function slowlyLoaded() {
  const seen = { loads: 0, requests: 0, aborts: 0, closed: false };
  const inner: Transport = {
    name: 'inner',
    async request() {
      seen.requests += 1;
      return { status: 200, headers: new Map<string, string>(), body: new CollectedBody([]) };
    },
    abort: () => void (seen.aborts += 1),
    close: async () => void (seen.closed = true),
  };
  let load: (transport: Transport) => void = () => undefined;
  let fail: (reason: Error) => void = () => undefined;
  const code = new Promise<Transport>((resolve, reject) => {
    load = resolve;
    fail = reject;
  });
  const transport = new LazyTransport('lazy', () => {
    seen.loads += 1;
    return code;
  });
  return { transport, seen, load: () => load(inner), fail: (reason: Error) => fail(reason) };
}

it('loads once, at the first request', async () => {
  const { transport, seen, load } = slowlyLoaded();
  expect(seen.loads).toBe(0);
  const answers = [transport.request(REQUEST), transport.request(REQUEST)];
  load();
  await Promise.all(answers);
  await transport.request(REQUEST);
  expect(seen).toMatchObject({ loads: 1, requests: 3 });
  transport.abort({}, new Error('enough'));
  await transport.close();
  expect(seen).toMatchObject({ aborts: 1, closed: true });
});

it('ends requests that wait for the code: by their signal, by their owner, by closing', async () => {
  const { transport, seen, load } = slowlyLoaded();
  const owner = {};
  const controller = new AbortController();
  const [signalled, owned, other] = [{ abortSignal: controller.signal }, { owner }, { owner: {} }].map((more) => transport.request({ ...REQUEST, ...more }).catch((error: unknown) => error));
  controller.abort('enough');
  expect(await signalled).toBe('enough');
  transport.abort(owner, 'no more');
  expect(await owned).toBe('no more');
  const closing = transport.close();
  expect(await other).toMatchObject({ code: 'unavailable', retryable: false });
  load();
  await closing;
  expect(seen).toMatchObject({ requests: 0, closed: true });
});

it('is closed without having been loaded, and when that failed', async () => {
  const unused = slowlyLoaded();
  await unused.transport.close();
  await expect(unused.transport.request(REQUEST)).rejects.toMatchObject({ code: 'unavailable' });
  expect(unused.seen.loads).toBe(0);
  const broken = slowlyLoaded();
  const failing = broken.transport.request(REQUEST);
  broken.fail(new Error('no such file'));
  await expect(failing).rejects.toThrow('no such file');
  await broken.transport.close();
});
