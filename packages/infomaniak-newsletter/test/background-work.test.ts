import { expect, it } from 'vitest';
import { useNewsletter } from './harness.ts';

const newsletter = useNewsletter();

async function deleteAllGroups() {
  newsletter.service.state.addGroup('Readers');
  return newsletter.client.groups.deleteMany({ all: true });
}

it('goes from pending over running to succeeded', async () => {
  const poller = (await deleteAllGroups()).applied();
  expect([poller.state, poller.progress]).toEqual(['pending', undefined]);
  expect(await poller.poll()).toBe('pending');
  newsletter.clock.advance(2_000);
  expect(await poller.poll()).toBe('running');
  newsletter.clock.advance(2_000);
  expect(await poller.poll()).toBe('succeeded');
  expect(await poller.result()).toMatchObject({ id: poller.id, response: { deleted: 1 } });
});

it('can be followed from its text by another client', async () => {
  const poller = (await deleteAllGroups()).applied();
  const later = newsletter.connect().operations.resume(String(poller));
  expect(await later.result({ pollIntervalInMs: 1_000 })).toMatchObject({ id: poller.id });
  expect(() => newsletter.client.operations.resume('newsletter-operation:43:x')).toThrow(
    expect.objectContaining({ code: 'invalid_argument' }) as Error,
  );
});

it('fails with what the service says', async () => {
  const operation = await deleteAllGroups();
  newsletter.service.state.operations.get(operation.id)!.apply = () => {
    throw new Error('The disk is full');
  };
  await expect(operation.applied()).rejects.toMatchObject({ code: 'unknown', reason: 'The disk is full', vendorCode: 'unexpected_error' });
});

it('stops waiting when the time is over or the caller says so, while the work goes on', async () => {
  const poller = (await deleteAllGroups()).applied();
  await expect(poller.result({ timeoutInMs: 1_000, pollIntervalInMs: 500 })).rejects.toMatchObject({ code: 'timeout', phase: 'total' });
  const reason = new Error('enough');
  await expect(poller.result({ abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(await poller).toMatchObject({ response: { deleted: 1 } });
});

it('is stopped', async () => {
  const poller = (await deleteAllGroups()).applied();
  await poller.cancel();
  expect(await poller.poll()).toBe('canceled');
  await expect(poller).rejects.toMatchObject({ code: 'conflict', applied: false });
});

it('says so when the service does not report on it', async () => {
  const operation = await deleteAllGroups();
  newsletter.service.state.operations.clear();
  await expect(operation.applied()).rejects.toMatchObject({ code: 'unsupported', resource: { type: 'operation', name: operation.id } });
});
