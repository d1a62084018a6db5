import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ByteRange } from '@cmx/cloud-core';
import { listEnd, type TransferEnd, type TransferItem } from '@cmx/transfer';
import type { OperationContext } from '../operation-context.ts';
import { callOptions, type Selection } from './select-source.ts';

/** One selected object or file, to be opened. */
interface Readable {
  readonly address: string;
  readonly sizeInBytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Everything that was selected, in listing order. What cannot be read (links, directories without permission) throws. */
export async function* readSelection(selection: Selection, context: OperationContext, range?: ByteRange): AsyncGenerator<Readable> {
  const { end, single, filter } = selection;
  if (single) {
    yield toReadable(end, single, context, range);
    return;
  }
  for await (const item of listEnd(end, callOptions(context))) {
    if (filter && !filter(item.key)) continue;
    if ('sizeInBytes' in item) yield toReadable(end, item, context, range);
    else if (item.error) throw item.error;
  }
}

function toReadable(end: TransferEnd, item: TransferItem, context: OperationContext, range: ByteRange | undefined): Readable {
  return {
    address: end.label + item.key,
    sizeInBytes: item.sizeInBytes,
    open: () => (end.kind === 'files' ? readFile(join(end.root, item.key), item.sizeInBytes, range) : readObject(end, item.key, context, range)),
  };
}

async function* readObject({ client, bucket, prefix }: Extract<TransferEnd, { kind: 'bucket' }>, key: string, context: OperationContext, range?: ByteRange): AsyncGenerator<Uint8Array> {
  await using object = await client.getObject(bucket, prefix + key, { ...callOptions(context), range });
  yield* object;
}

function readFile(path: string, sizeInBytes: number, range?: ByteRange): AsyncIterable<Uint8Array> {
  if (!range) return createReadStream(path);
  if ('suffix' in range) return createReadStream(path, { start: Math.max(0, sizeInBytes - range.suffix) });
  return createReadStream(path, { start: range.start, end: range.end });
}
