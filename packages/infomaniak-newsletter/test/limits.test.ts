import { expect, it } from 'vitest';
import { useNewsletter } from './harness.ts';

const newsletter = useNewsletter();

const statuses = () => newsletter.service.exchanges.map(({ status }) => status);

it('keeps the limit with a hundredth to spare, two clients of a token together', async () => {
  const clients = [newsletter.client, newsletter.connect()];
  const startedAt = newsletter.clock.now();
  for (let number = 0; number < 300; number++) await clients[number % 2]?.domain.get();
  expect(statuses().filter((status) => status !== 200)).toEqual([]);
  // Sixty at once, then four windows more.
  expect(newsletter.clock.now() - startedAt).toBeLessThan(4 * 60_000 * 1.01);
});

it('does not wait for what it may have at once', async () => {
  for (let number = 0; number < 60; number++) await newsletter.client.domain.get();
  expect(newsletter.clock.sleeps).toEqual([]);
});

it('keeps a limit of its own for each token', async () => {
  for (let number = 0; number < 60; number++) await newsletter.client.domain.get();
  await newsletter
    .connect({ token: 'other' })
    .domain.get()
    .catch(() => undefined);
  expect(newsletter.clock.sleeps).toEqual([]);
});

it('stops waiting for its turn when told to', async () => {
  for (let number = 0; number < 60; number++) await newsletter.client.domain.get();
  const reason = new Error('enough');
  await expect(newsletter.client.domain.get({ abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

it('comes through when another process has used up the minute', async () => {
  for (let number = 0; number < 60; number++) await newsletter.connect({ rateLimit: { calls: 1000, perMs: 1 } }).domain.get();
  await newsletter.client.domain.get();
  expect(newsletter.clock.sleeps).toEqual([60_000]);
  expect(statuses().at(-2)).toBe(429);
});
