import { describe, expect, it } from 'vitest';
import { logOf, openHarness, problemsOf } from './harness.ts';

describe('a queued change', () => {
  it('is read back after a lag, and applied() waits for that', async () => {
    const { client, service, table, docId } = openHarness({ statusLagInMs: 8_000 });
    const rows = await client.rows.insert(docId, 'Tasks', [{ Title: 'Later' }]);
    expect(table.rows.size).toBe(0);
    expect(await rows.applied()).toEqual([{ completed: true }]);
    expect(table.rows.size).toBe(1);
    expect(logOf(service)).toContain('getMutationStatus 404');
    expect(problemsOf(service)).toEqual([]);
  });

  it('has a warning where the service has one', async () => {
    const { client, docId } = openHarness();
    const page = await client.pages.create(docId, { name: 'Bad', pageContent: { type: 'canvas', canvasContent: { format: 'html', content: '<broken' } } });
    expect(await page.applied()).toEqual({ completed: true, warning: 'Initial page HTML was invalid.' });
  });

  it('that is never applied ends in a timeout from which another process can go on', async () => {
    const { client, service, docId, clock } = openHarness();
    const change = await client.rows.insert(docId, 'Tasks', [{ Title: 'Never' }]);
    service.forgetEdits();
    const begin = clock.now();
    const error: unknown = await change.applied({ timeoutInMs: 60_000 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'timeout', phase: 'total', retryable: false, applied: undefined, details: { id: change.batches[0]!.change.requestId } });
    expect(clock.now() - begin).toBeGreaterThan(40_000);
    expect(clock.now() - begin).toBeLessThanOrEqual(60_000);
    const { resume } = (error as { details: { resume: string } }).details;
    const poller = client.resumePoller(resume);
    expect(await poller.poll()).toBe('running');
    expect(poller.toString()).toBe(resume);
    await expect(poller.cancel()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('can be polled once, and awaited as a poller', async () => {
    const { client, docId, clock } = openHarness();
    const change = await client.rows.insert(docId, 'Tasks', [{ Title: 'a' }]);
    const poller = change.batches[0]!.change.applied();
    expect(await poller.poll()).toBe('pending');
    clock.skip(5_000);
    expect(await poller.poll()).toBe('running');
    expect(poller.progress).toBeUndefined();
    expect(await poller).toEqual({ completed: true });
    expect(poller.state).toBe('succeeded');
  });

  it('unknown for longer than servers need is not found', async () => {
    const { client } = openHarness();
    const poller = client.resumePoller('coda:mutation:nobody');
    await expect(poller.result()).rejects.toMatchObject({ code: 'not_found', status: 404 });
    expect(poller.state).toBe('failed');
  });

  it('stops being waited for when the caller says so', async () => {
    const { client, service, docId } = openHarness();
    const change = await client.rows.insert(docId, 'Tasks', [{ Title: 'a' }]);
    service.forgetEdits();
    const controller = new AbortController();
    const waiting = change.applied({ abortSignal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(waiting).rejects.toThrow('changed my mind');
  });

  it('has a text that only its own client understands', () => {
    const { client } = openHarness();
    expect(() => client.resumePoller('s3:upload:1')).toThrow(/not the text of a poller/);
  });
});
