import { describe, expect, it } from 'vitest';
import { isLinearizable, KeyHistory } from './history.ts';
import type { KeyCall, TimedCall } from './history.ts';

const timed = (begin: number, end: number, call: KeyCall): TimedCall => ({ begin, end, call });

describe('isLinearizable', () => {
  it('takes calls one after the other', () => {
    expect(
      isLinearizable([
        timed(1, 2, { kind: 'read', seen: undefined }),
        timed(3, 4, { kind: 'create', written: 'a' }),
        timed(5, 6, { kind: 'replace', ifMatch: 'a', written: 'b' }),
        timed(7, 8, { kind: 'read', seen: 'b' }),
        timed(9, 10, { kind: 'delete' }),
        timed(11, 12, { kind: 'create', written: 'c' }),
      ]),
    ).toBe(true);
  });

  it('takes overlapping calls in whichever order is right', () => {
    expect(
      isLinearizable([
        timed(1, 10, { kind: 'create', written: 'a' }),
        timed(2, 9, { kind: 'create', written: undefined }),
        timed(3, 4, { kind: 'read', seen: undefined }),
        timed(5, 6, { kind: 'read', seen: 'a' }),
      ]),
    ).toBe(true);
  });

  it.each<[string, TimedCall[]]>([
    ['two creators that both won', [timed(1, 4, { kind: 'create', written: 'a' }), timed(2, 3, { kind: 'create', written: 'b' })]],
    [
      'two editors of one state that both won',
      [timed(1, 2, { kind: 'create', written: 'a' }), timed(3, 6, { kind: 'replace', ifMatch: 'a', written: 'b' }), timed(4, 5, { kind: 'replace', ifMatch: 'a', written: 'c' })],
    ],
    ['a read that went back in time', [timed(1, 2, { kind: 'create', written: 'a' }), timed(3, 4, { kind: 'read', seen: undefined })]],
    ['a creator refused where nothing was', [timed(1, 2, { kind: 'create', written: undefined })]],
  ])('refuses %s', (_, calls) => {
    expect(isLinearizable(calls)).toBe(false);
  });
});

describe('KeyHistory', () => {
  it('records when calls began and ended', async () => {
    const history = new KeyHistory();
    const read = async (): Promise<KeyCall> => ({ kind: 'read', seen: undefined });
    await Promise.all([history.record(read), history.record(read), history.record(async () => undefined)]);
    await history.record(read);
    expect(history.calls.map(({ begin, end }) => [begin, end])).toEqual([
      [1, 4],
      [2, 5],
      [7, 8],
    ]);
  });
});
