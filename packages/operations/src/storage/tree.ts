import { listEnd } from '@cmx/transfer';
import type { OperationContext } from '../operation-context.ts';
import { callOptions, selectSource } from './select-source.ts';

interface TreeEntry {
  readonly type: 'prefix' | 'object';
  /** From 0. */
  readonly depth: number;
  readonly name: string;
  readonly address: string;
  readonly sizeInBytes?: number;
}

/** The levels of a flat, ordered listing: each prefix once, before what is in it, in the memory of one path. */
export async function* treeOf(address: string, maxDepth: number, context: OperationContext): AsyncGenerator<TreeEntry> {
  const { end } = await selectSource(address, { recursive: true, glob: false }, context);
  let open: string[] = [];
  for await (const item of listEnd(end, callOptions(context))) {
    const segments = item.key.split('/');
    const name = segments.pop() ?? '';
    const shared = sharedLength(open, segments);
    for (let depth = shared; depth < Math.min(segments.length, maxDepth); depth++) {
      yield { type: 'prefix', depth, name: `${segments[depth] ?? ''}/`, address: `${end.label}${segments.slice(0, depth + 1).join('/')}/` };
    }
    open = segments;
    if (segments.length < maxDepth && name !== '' && 'sizeInBytes' in item) {
      yield { type: 'object', depth: segments.length, name, address: end.label + item.key, sizeInBytes: item.sizeInBytes };
    }
  }
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  const differs = b.findIndex((segment, index) => a[index] !== segment);
  return differs === -1 ? b.length : differs;
}
