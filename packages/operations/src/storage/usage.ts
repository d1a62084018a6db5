import { listEnd } from '@cmx/transfer';
import type { OperationContext } from '../operation-context.ts';
import { callOptions, selectSource } from './select-source.ts';

interface Usage {
  readonly address: string;
  objects: number;
  sizeInBytes: number;
}

/** The sums of each prefix down to a depth, then the total. Holds one sum per prefix, not per object. */
export async function* usageOf(address: string, depth: number, context: OperationContext): AsyncGenerator<Usage> {
  const { end } = await selectSource(address, { recursive: true, glob: false }, context);
  const total: Usage = { address: end.label, objects: 0, sizeInBytes: 0 };
  const sums = new Map<string, Usage>();
  for await (const item of listEnd(end, callOptions(context))) {
    if (!('sizeInBytes' in item)) {
      if (item.error) throw item.error;
      continue;
    }
    for (const sum of [total, ...sumsOf(item.key, depth, end.label, sums)]) {
      sum.objects++;
      sum.sizeInBytes += item.sizeInBytes;
    }
  }
  yield* sums.values();
  yield total;
}

function sumsOf(key: string, depth: number, label: string, sums: Map<string, Usage>): Usage[] {
  const directories = key.split('/').slice(0, -1);
  return directories.slice(0, depth).map((_, level) => {
    const prefix = `${directories.slice(0, level + 1).join('/')}/`;
    const sum = sums.get(prefix) ?? { address: label + prefix, objects: 0, sizeInBytes: 0 };
    sums.set(prefix, sum);
    return sum;
  });
}
