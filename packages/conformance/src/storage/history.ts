/** What one call on a key was, and what it answered. An object's state is its ETag; `undefined` is no object. */
export type KeyCall =
  | { readonly kind: 'read'; readonly seen: string | undefined }
  | { readonly kind: 'create'; readonly written: string | undefined }
  | { readonly kind: 'replace'; readonly ifMatch: string; readonly written: string | undefined }
  | { readonly kind: 'delete' };

/** A call with its place in time: it took effect, if it did, between its begin and its end. */
export interface TimedCall {
  readonly call: KeyCall;
  readonly begin: number;
  readonly end: number;
}

/** Records calls as they begin and end. */
export class KeyHistory {
  readonly calls: TimedCall[] = [];
  #time = 0;

  async record(perform: () => Promise<KeyCall | undefined>): Promise<void> {
    this.#time += 1;
    const begin = this.#time;
    const call = await perform();
    this.#time += 1;
    if (call) this.calls.push({ call, begin, end: this.#time });
  }
}

/**
 * Whether calls that overlapped can be put in one order, each within its own time, in which every answer is right: then no two
 * writers have won against each other (Wing and Gong, 1993). At most 30 calls: the search keeps them as bits.
 */
export function isLinearizable(calls: readonly TimedCall[]): boolean {
  const dead = new Set<string>();
  const search = (done: number, state: string | undefined): boolean => {
    if (done === 2 ** calls.length - 1) return true;
    const key = `${done} ${state ?? ''}`;
    if (dead.has(key)) return false;
    const open = calls.map((timed, index) => ({ ...timed, bit: 2 ** index })).filter(({ bit }) => (done & bit) === 0);
    const firstEnd = Math.min(...open.map(({ end }) => end));
    for (const { call, begin, bit } of open) {
      if (begin > firstEnd) continue;
      const next = apply(call, state);
      if (next !== IMPOSSIBLE && search(done | bit, next)) return true;
    }
    dead.add(key);
    return false;
  };
  return search(0, undefined);
}

const IMPOSSIBLE = Symbol('impossible');

/** The state after a call, if the call could have answered so in the state before. */
function apply(call: KeyCall, state: string | undefined): string | undefined | typeof IMPOSSIBLE {
  switch (call.kind) {
    case 'read':
      return call.seen === state ? state : IMPOSSIBLE;
    case 'create':
      if (call.written === undefined) return state === undefined ? IMPOSSIBLE : state;
      return state === undefined ? call.written : IMPOSSIBLE;
    case 'replace':
      if (call.written === undefined) return state === call.ifMatch ? IMPOSSIBLE : state;
      return state === call.ifMatch ? call.written : IMPOSSIBLE;
    case 'delete':
      return undefined;
  }
}
