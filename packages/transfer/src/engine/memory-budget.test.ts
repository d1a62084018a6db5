import { describe, expect, it } from 'vitest';
import { MemoryBudget } from './memory-budget.ts';

function task() {
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { done, finish };
}

describe('MemoryBudget', () => {
  it('holds back what does not fit, and grants in order', async () => {
    const budget = new MemoryBudget(100);
    const order: string[] = [];
    const first = task();
    const running = [
      budget.spend(80, async () => {
        order.push('first');
        await first.done;
      }),
      budget.spend(60, async () => void order.push('large')),
      budget.spend(10, async () => void order.push('small')),
    ];
    await Promise.resolve();
    expect(order).toEqual(['first']);
    first.finish();
    await Promise.all(running);
    expect(order).toEqual(['first', 'large', 'small']);
  });

  it('lets through what is larger than the whole budget, alone', async () => {
    const budget = new MemoryBudget(10);
    await expect(budget.spend(1000, async () => 'done')).resolves.toBe('done');
  });

  it('gives the bytes back when a task fails', async () => {
    const budget = new MemoryBudget(10);
    await expect(budget.spend(10, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(budget.spend(10, async () => 'done')).resolves.toBe('done');
  });
});
