import { describe, expect, it } from 'vitest';
import { Channel } from './channel.ts';

describe('Channel', () => {
  it('hands items out in the order they were put in, and ends when closed', async () => {
    const channel = new Channel<number>(10);
    await channel.put(1);
    await channel.put(2);
    channel.close();
    expect([await channel.take(), await channel.take(), await channel.take()]).toEqual([1, 2, undefined]);
  });

  it('makes the giver wait while it is full', async () => {
    const channel = new Channel<number>(1);
    await channel.put(1);
    let isPut = false;
    const second = channel.put(2).then(() => (isPut = true));
    await Promise.resolve();
    expect(isPut).toBe(false);
    expect(await channel.take()).toBe(1);
    await second;
    expect(await channel.take()).toBe(2);
  });

  it('wakes takers that wait when it is closed or failed', async () => {
    const closed = new Channel<number>(1);
    const taken = closed.take();
    closed.close();
    await expect(taken).resolves.toBeUndefined();

    const failed = new Channel<number>(1);
    const waiting = failed.take();
    failed.fail(new Error('broken'));
    await expect(waiting).rejects.toThrow('broken');
    await expect(failed.put(1)).rejects.toThrow('broken');
  });

  it('loses nothing over many items', async () => {
    const channel = new Channel<number>(7);
    const put = (async () => {
      for (let item = 0; item < 5000; item++) await channel.put(item);
      channel.close();
    })();
    const taken: number[] = [];
    for (let item = await channel.take(); item !== undefined; item = await channel.take()) taken.push(item);
    await put;
    expect(taken).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  });
});
