import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import type { CloudError } from './errors/cloud-error.ts';
import { NotFoundError, RateLimitedError, TimeoutError, UnavailableError } from './errors/errors.ts';
import { RateLimiter } from './limits/rate-limiter.ts';
import { RetryBudget } from './retry/retry-policy.ts';
import { OperationRunner, type Attempt, type OperationInfo, type OperationRunnerOptions } from './run-operation.ts';

const info: OperationInfo = { operation: 'getThing', resource: { type: 'thing', name: 't1' } };

function setup(options: Partial<OperationRunnerOptions> = {}) {
  const clock = new FakeClock();
  return { clock, runner: new OperationRunner({ provider: 'acme', service: 'things', clock, random: () => 1, ...options }) };
}

/** An attempt that fails with each of the errors in turn, then succeeds. */
function failing(...errors: unknown[]) {
  const numbers: number[] = [];
  const attempt = async ({ number }: Attempt): Promise<string> => {
    numbers.push(number);
    if (errors.length > 0) throw errors.shift();
    return 'done';
  };
  return { attempt, numbers };
}

async function outcome<T>(clock: FakeClock, work: Promise<T>, timeInMs = 1_000_000): Promise<unknown> {
  const settled = work.catch((error: unknown) => error);
  await clock.advance(timeInMs);
  return settled;
}

describe('OperationRunner', () => {
  it('tries again with full jitter that doubles, and tells', async () => {
    const onRetry = vi.fn();
    const { clock, runner } = setup({ telemetry: { onRetry } });
    const { attempt, numbers } = failing(new UnavailableError('1'), new UnavailableError('2'), new UnavailableError('3'));
    expect(await outcome(clock, runner.run(info, {}, attempt))).toBe('done');
    expect(numbers).toEqual([1, 2, 3, 4]);
    expect(onRetry.mock.calls.map(([event]) => (event as { delayInMs: number }).delayInMs)).toEqual([100, 200, 400]);
  });

  it('fails with the last error, everything filled in', async () => {
    const { clock, runner } = setup({ retry: { maxAttempts: 2 } });
    const { attempt } = failing(new UnavailableError('one', { status: 503 }), new UnavailableError('two', { status: 500, requestId: 'r' }));
    expect(await outcome(clock, runner.run(info, {}, attempt))).toMatchObject({
      code: 'unavailable', provider: 'acme', service: 'things', operation: 'getThing', attempts: 2, status: 500,
      message: 'acme things getThing thing "t1": two (500, request r)',
    });
  });

  it('does not repeat what would fail again', async () => {
    const { clock, runner } = setup();
    const { attempt, numbers } = failing(new NotFoundError('no'));
    expect(await outcome(clock, runner.run(info, {}, attempt))).toMatchObject({ code: 'not_found', attempts: 1 });
    expect(numbers).toEqual([1]);
  });

  it('waits as long as the service says, and not at all when that is too long', async () => {
    const { clock, runner } = setup();
    const begin = clock.now();
    let succeededAt = 0;
    const { attempt } = failing(new RateLimitedError('slow', { retryAfterInMs: 7000 }));
    await outcome(clock, runner.run(info, {}, attempt).then(() => (succeededAt = clock.now() - begin)), 7000);
    expect(succeededAt).toBe(7000);
    const absurd = failing(new RateLimitedError('slow', { retryAfterInMs: 3_600_000 }));
    expect(await outcome(clock, runner.run(info, {}, absurd.attempt), 0)).toMatchObject({ code: 'rate_limited' });
  });

  it('bounds the time of all attempts', async () => {
    const { clock, runner } = setup({ retry: { maxAttempts: 100, maxTotalTimeInMs: 1000, initialDelayInMs: 400, maxDelayInMs: 400 } });
    const { attempt, numbers } = failing(...Array.from({ length: 50 }, () => new UnavailableError('x')));
    await outcome(clock, runner.run(info, {}, attempt));
    expect(numbers).toEqual([1, 2, 3]);
  });

  it.each<[OperationInfo['retry'], CloudError, number]>([
    ['refused', new UnavailableError('reset', { phase: 'first_byte' }), 1],
    ['refused', new UnavailableError('refused', { phase: 'connect' }), 2],
    ['refused', new RateLimitedError('429'), 2],
    ['refused', new UnavailableError('x', { applied: false }), 2],
    ['never', new RateLimitedError('429'), 1],
  ])('with retry %s, after %s, makes %i attempts', async (retry, error, attempts) => {
    const { clock, runner } = setup();
    const { attempt, numbers } = failing(error);
    await outcome(clock, runner.run({ ...info, retry }, {}, attempt));
    expect(numbers).toHaveLength(attempts);
  });

  it('stops retrying when the budget of the client is used up, and earns it back by succeeding', async () => {
    const { clock, runner } = setup({ retryBudget: new RetryBudget(10) });
    const first = failing(...Array.from({ length: 9 }, () => new UnavailableError('x')));
    await outcome(clock, runner.run(info, {}, first.attempt));
    expect(first.numbers).toHaveLength(3);
    const second = failing(new UnavailableError('x'));
    await outcome(clock, runner.run(info, {}, second.attempt));
    expect(second.numbers).toHaveLength(1);
    for (let call = 0; call < 5; call++) await runner.run(info, {}, async () => 'ok');
    const third = failing(new UnavailableError('x'));
    expect(await outcome(clock, runner.run(info, {}, third.attempt))).toBe('done');
  });

  it('maps what is not a cmx error, and keeps it as the cause', async () => {
    const thrown = new TypeError('boom');
    const plain = setup();
    expect(await outcome(plain.clock, plain.runner.run(info, {}, () => Promise.reject(thrown)))).toMatchObject({ code: 'unknown', cause: thrown });
    const mapped = setup({ toCloudError: (cause) => new TimeoutError('slow', { cause }), retry: { maxAttempts: 1 } });
    expect(await outcome(mapped.clock, mapped.runner.run(info, {}, () => Promise.reject(thrown)))).toMatchObject({ code: 'timeout', operation: 'getThing' });
  });

  it('keeps the attempts a call inside this one made', async () => {
    const { clock, runner } = setup();
    expect(await outcome(clock, runner.run({ ...info, retry: 'never' }, {}, () => Promise.reject(new UnavailableError('x', { attempts: 3 }))))).toMatchObject({ attempts: 3 });
  });

  it('rethrows the reason of an abort, before, during an attempt, and during backoff', async () => {
    const { clock, runner } = setup();
    const reason = { my: 'reason' };
    const never = vi.fn();
    await expect(runner.run(info, { abortSignal: AbortSignal.abort(reason) }, never)).rejects.toBe(reason);
    expect(never).not.toHaveBeenCalled();
    const during = new AbortController();
    await expect(runner.run(info, { abortSignal: during.signal }, async () => {
      during.abort(reason);
      throw new UnavailableError('socket closed');
    })).rejects.toBe(reason);
    const backoff = new AbortController();
    const call = runner.run(info, { abortSignal: backoff.signal }, failing(new UnavailableError('x')).attempt);
    await clock.advance(50);
    backoff.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
  });

  it('bounds the whole call, even one that ignores its signal', async () => {
    const { runner } = setup();
    const seen: unknown[] = [];
    const call = runner.run(info, { timeoutInMs: 5 }, ({ abortSignal }) => {
      abortSignal.addEventListener('abort', () => seen.push(abortSignal.reason));
      return new Promise(() => undefined);
    });
    await expect(call).rejects.toMatchObject({ code: 'timeout', phase: 'total', operation: 'getThing' });
    expect(seen[0]).toBeInstanceOf(TimeoutError);
  });

  it('lets a call clean up after its deadline, for a while', async () => {
    const { runner } = setup();
    let cleaned = false;
    const call = runner.run({ ...info, graceInMs: 1000 }, { timeoutInMs: 2 }, async ({ abortSignal }) => {
      await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
      await sleep(5);
      cleaned = true;
      throw new Error('aborted');
    });
    await expect(call).rejects.toMatchObject({ code: 'timeout' });
    expect(cleaned).toBe(true);
    await expect(runner.run({ ...info, graceInMs: 2 }, { timeoutInMs: 2 }, () => new Promise(() => undefined))).rejects.toMatchObject({ code: 'timeout' });
  });

  it('leaves no listener on the caller’s signal', async () => {
    const { clock, runner } = setup();
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await outcome(clock, runner.run(info, { abortSignal: signal, timeoutInMs: 1000 }, failing(new UnavailableError('x')).attempt));
    await outcome(clock, runner.run(info, { abortSignal: signal }, failing().attempt));
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
  });

  it('really waits for the limiter, with or without telemetry, and learns from a 429', async () => {
    const { clock, runner } = setup();
    const limiter = new RateLimiter({ calls: 1, perMs: 1000 }, clock);
    const begin = clock.now();
    const starts: number[] = [];
    for (let call = 0; call < 3; call++) void runner.run({ ...info, limiter }, {}, async () => starts.push(clock.now() - begin));
    await clock.advance(5000);
    expect(starts).toEqual([0, 1000, 2000]);
    const penalize = vi.spyOn(limiter, 'penalize');
    await outcome(clock, runner.run({ ...info, limiter }, {}, failing(new RateLimitedError('429', { retryAfterInMs: 2000 }), new RateLimitedError('429')).attempt));
    expect(penalize.mock.calls).toEqual([[2000], [200]]);
  });

  it('tells how long a call waited for the limiter', async () => {
    const onThrottle = vi.fn();
    const { clock, runner } = setup({ telemetry: { onThrottle } });
    const limiter = new RateLimiter({ calls: 1, perMs: 1000 }, clock);
    await runner.run({ ...info, limiter }, {}, async () => 1);
    await outcome(clock, runner.run({ ...info, limiter }, {}, async () => 1));
    expect(onThrottle.mock.calls).toEqual([[{ operation: 'getThing', waitedInMs: 1000 }]]);
  });

  it('opens one span for a call and ends it once', async () => {
    const end = vi.fn();
    const startSpan = vi.fn(() => ({ end, setAttributes: () => undefined }));
    const { clock, runner } = setup({ telemetry: { startSpan } });
    await outcome(clock, runner.run(info, {}, failing(new UnavailableError('x')).attempt));
    const error = await outcome(clock, runner.run(info, {}, failing(new NotFoundError('x')).attempt));
    expect(startSpan).toHaveBeenCalledTimes(2);
    expect(startSpan).toHaveBeenCalledWith('things.getThing', expect.objectContaining({ 'cmx.provider': 'acme', 'cmx.resource': 't1' }));
    expect(end.mock.calls).toEqual([[], [error]]);
  });

  it('logs a retry without secrets', async () => {
    const warn = vi.fn();
    const { clock, runner } = setup({ logger: { debug: vi.fn(), info: vi.fn(), error: vi.fn(), warn } });
    await outcome(clock, runner.run(info, {}, failing(new UnavailableError('x', { status: 503 })).attempt));
    expect(warn.mock.calls).toEqual([[{ operation: 'getThing', attempt: 1, delayInMs: 100, code: 'unavailable', status: 503 }, 'Trying again']]);
  });
});

describe('close', () => {
  it('ends calls under way, whatever they wait for, and refuses further ones', async () => {
    const { clock, runner } = setup();
    const { signal } = new AbortController();
    let given: AbortSignal | undefined;
    const hanging = runner.run(info, {}, ({ abortSignal }) => {
      given = abortSignal;
      return new Promise(() => undefined);
    });
    const deaf = runner.run(info, { abortSignal: signal }, () => new Promise(() => undefined));
    const { attempt, numbers } = failing(new UnavailableError('x'));
    const sleeping = runner.run(info, { abortSignal: signal }, attempt);
    const settled = Promise.allSettled([hanging, deaf, sleeping]);
    await clock.advance(10);
    runner.close();
    runner.close();
    for (const result of await settled) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', retryable: false, provider: 'acme', operation: 'getThing' } });
    expect(given?.aborted).toBe(true);
    await clock.advance(10_000);
    expect(numbers).toEqual([1]);
    await expect(runner.run(info, {}, async () => 1)).rejects.toMatchObject({ message: 'acme things getThing thing "t1": The client has been closed', phase: 'arguments' });
  });

  it('is silent about many calls at once', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const { runner } = setup();
    const calls = Array.from({ length: 100 }, () => runner.run(info, {}, ({ abortSignal }) => new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason as Error)))));
    runner.close();
    expect((await Promise.allSettled(calls)).every(({ status }) => status === 'rejected')).toBe(true);
    await sleep(1);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});
