import { describe, expect, it, vi } from 'vitest';
import { CachedCredentials } from '../src/cached-credentials.ts';
import { CloudConfig } from '../src/cloud-config.ts';
import type { BearerCredentials } from '../src/credentials.ts';
import { CloudError } from '../src/errors/cloud-error.ts';
import { createPoller, type PollerStatus } from '../src/poller.ts';
import { waitUntil } from '../src/wait-until.ts';
import { FakeClock } from './fake-clock.ts';

const where = { provider: 'acme', operation: 'wait' };

describe('waitUntil', () => {
  it('looks less and less often, and no sooner than the service says', async () => {
    const clock = new FakeClock();
    const begin = clock.now();
    const looks: number[] = [];
    const answers = [{}, {}, { retryAfterInMs: 5000 }, {}, { result: 42 }];
    const waiting = waitUntil(async () => {
      looks.push(clock.now() - begin);
      return answers[looks.length - 1] as { result: number };
    }, { clock });
    await clock.advance(60_000);
    expect(await waiting).toBe(42);
    expect(looks).toEqual([0, 1000, 2500, 7500, 10_875]);
  });

  it('gives up at its timeout, and at once when aborted', async () => {
    const clock = new FakeClock();
    const slow = waitUntil(async () => ({}), { clock, timeoutInMs: 3000, where }).catch((error: unknown) => error);
    await clock.advance(3000);
    expect(await slow).toMatchObject({ code: 'timeout', phase: 'total', provider: 'acme' });
    const controller = new AbortController();
    const aborted = waitUntil(() => new Promise<object>(() => undefined), { clock, abortSignal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
  });
});

describe('createPoller', () => {
  const statuses = (...list: PollerStatus<string>[]) => vi.fn(async () => (list.length > 1 ? list.shift() : list[0]) as PollerStatus<string>);

  it('waits for the result when awaited, and asks nothing afterwards', async () => {
    const clock = new FakeClock();
    const poll = statuses({ state: 'pending' }, { state: 'running', progress: 0.5 }, { state: 'succeeded', result: 'ready' });
    const poller = createPoller({ id: 'job-1', where, poll, clock });
    expect([poller.state, poller.progress, String(poller)]).toEqual(['pending', undefined, 'job-1']);
    const waiting = Promise.resolve(poller);
    await clock.advance(1000);
    expect([poller.state, poller.progress]).toEqual(['running', 0.5]);
    await clock.advance(10_000);
    expect(await waiting).toBe('ready');
    expect(await poller.result()).toBe('ready');
    expect([await poller.poll(), poller.progress, poll.mock.calls.length]).toEqual(['succeeded', 1, 3]);
  });

  it('throws what went wrong', async () => {
    const failed = createPoller({ id: '1', where, poll: statuses({ state: 'failed', error: new CloudError('conflict', 'schema mismatch') }) });
    await expect(failed.result()).rejects.toMatchObject({ code: 'conflict', provider: 'acme', reason: 'schema mismatch' });
    const canceled = createPoller({ id: '1', where, poll: statuses({ state: 'canceled' }) });
    await expect(canceled).rejects.toMatchObject({ code: 'conflict' });
  });

  it('asks nothing about work that had ended to begin with', async () => {
    const poll = statuses({ state: 'running' });
    const poller = createPoller({ id: '1', where, poll, initial: { state: 'succeeded', result: 'at once' } });
    expect([poller.state, poller.progress, await poller]).toEqual(['succeeded', 1, 'at once']);
    expect(poll).not.toHaveBeenCalled();
  });

  it('says at its timeout where to go on', async () => {
    const clock = new FakeClock();
    const poller = createPoller({ id: '1', token: 'acme:1', where, poll: statuses({ state: 'running' }), clock, timeoutInMs: 3000 });
    const slow = poller.result().catch((error: unknown) => error);
    const slower = poller.result({ timeoutInMs: 9000 }).catch((error: unknown) => error);
    await clock.advance(3000);
    expect(await slow).toMatchObject({ code: 'timeout', phase: 'total', provider: 'acme', details: { id: '1', resume: 'acme:1' } });
    await clock.advance(6000);
    expect(await slower).toMatchObject({ code: 'timeout' });
  });

  it('stops the waiting, not the work', async () => {
    const clock = new FakeClock();
    const cancel = vi.fn(async () => undefined);
    const poller = createPoller({ id: '1', where, poll: statuses({ state: 'running' }), cancel, clock, token: 'acme:1' });
    const controller = new AbortController();
    const waiting = poller.result({ abortSignal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(cancel).not.toHaveBeenCalled();
    await poller.cancel();
    expect(cancel).toHaveBeenCalledOnce();
    expect(String(poller)).toBe('acme:1');
    await expect(createPoller({ id: '1', where, poll: statuses({ state: 'running' }) }).cancel()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('asks no more about work that is known to be canceled, and cancels nothing that has ended', async () => {
    const cancel = vi.fn(async () => ({ state: 'canceled' as const }));
    const poll = statuses({ state: 'running' });
    const poller = createPoller({ id: '1', where, poll, cancel });
    await poller.cancel();
    expect([poller.state, await poller.poll(), poll.mock.calls.length]).toEqual(['canceled', 'canceled', 0]);
    await poller.cancel();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe('CachedCredentials', () => {
  const bearer = (token: string, clock: FakeClock, inMs: number) => ({ kind: 'bearer', token, expiresAt: new Date(clock.now() + inMs) }) as const;

  it('asks once for all who wait', async () => {
    const clock = new FakeClock();
    const provider = vi.fn(async () => bearer('a', clock, 3_600_000));
    const cached = new CachedCredentials(provider, { clock });
    expect(cached.current).toBeUndefined();
    const all = await Promise.all(Array.from({ length: 20 }, () => cached.get()));
    expect(new Set(all).size).toBe(1);
    expect(provider).toHaveBeenCalledOnce();
    expect(cached.current).toBe(all[0]);
  });

  it('goes on with those at hand while it renews them, and keeps them when that fails', async () => {
    const clock = new FakeClock();
    const provider = vi.fn(async () => bearer('a', clock, 600_000));
    const cached = new CachedCredentials(provider, { clock });
    const first = await cached.get();
    await clock.advance(400_000);
    provider.mockRejectedValueOnce(new Error('vault is sealed'));
    expect(await cached.get()).toBe(first);
    expect(await cached.get()).toBe(first);
    await clock.advance(0);
    const second = await cached.get();
    expect(second).not.toBe(first);
    expect(provider).toHaveBeenCalledTimes(3);
    await clock.advance(700_000);
    provider.mockRejectedValueOnce(new Error('vault is sealed'));
    await expect(cached.get()).rejects.toThrow('sealed');
    expect(await cached.get()).toBeDefined();
  });

  it('lets one caller give up without hurting the others', async () => {
    const clock = new FakeClock();
    let answer: (token: string) => void = () => undefined;
    const asked = new Promise<string>((resolve) => (answer = resolve));
    const cached = new CachedCredentials(async () => bearer(await asked, clock, 1e9), { clock });
    const controller = new AbortController();
    const impatient = cached.get({ abortSignal: controller.signal });
    const patient = cached.get();
    controller.abort(new Error('enough'));
    await expect(impatient).rejects.toThrow('enough');
    answer('a');
    expect((await patient).token).toBe('a');
  });

  it('forgets what the service did not take', async () => {
    const clock = new FakeClock();
    let count = 0;
    const cached = new CachedCredentials<BearerCredentials>(async () => ({ kind: 'bearer', token: String(++count) }), { clock });
    expect((await cached.get()).token).toBe('1');
    cached.forget();
    expect((await cached.get()).token).toBe('2');
  });
});

describe('CloudConfig', () => {
  it('reads the documented variables and nothing else', () => {
    const read: string[] = [];
    const values: Record<string, string> = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: '', CODA_API_TOKEN: 'secret', OTHER: 'x' };
    const env = new Proxy(values, { get: (target, name: string) => (read.push(name), target[name]) });
    const config = CloudConfig.fromEnv(env);
    expect(config.of('aws')).toEqual({ region: 'eu-west-1' });
    expect(config.of('gcp')).toEqual({});
    expect(config.providers).toEqual(['aws', 'coda']);
    expect(JSON.stringify(config)).toBe('{"aws":["region"],"coda":["apiToken"]}');
    expect(read).not.toContain('OTHER');
    expect(read).toContain('INFOMANIAK_NEWSLETTER_TOKEN');
  });

  it('reads the process by default', () => {
    expect(CloudConfig.fromEnv()).toBeInstanceOf(CloudConfig);
  });
});
