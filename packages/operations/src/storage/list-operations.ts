import { z } from 'zod';
import { listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import { takeFirst } from '../take-first.ts';
import { listEntries } from './list-entries.ts';
import { address, glob, limit, listedEntry, recursive } from './schemas.ts';
import { treeOf } from './tree.ts';
import { usageOf } from './usage.ts';

const place = address.optional().describe('connection:bucket/prefix, connection: for its buckets, a path; nothing for the connections');

export const listOperation = defineOperation({
  name: 'storage_list_objects',
  summary: 'List connections, buckets, or the objects of a bucket',
  risk: 'READ',
  input: z.object({
    address: place,
    recursive: recursive.describe('All objects below, instead of one level'),
    glob,
    startAfter: z.string().optional().describe('Begin behind this key'),
    ...listRange,
  }),
  output: listedEntry,
  returns: 'items',
  cli: {
    command: 'ls',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    short: { recursive: 'r' },
    columns: ['type', 'sizeInBytes', 'lastModified', 'name'],
    primary: 'address',
    examples: [
      ['cmx ls', 'the connections there are'],
      ['cmx ls prod:', 'the buckets of one'],
      ["cmx ls 'prod:logs/**/*.gz' --json=address,sizeInBytes", 'what a pattern matches'],
      ['cmx ls -r prod:logs --limit 1000 -o page', 'a thousand, and the cursor to go on with'],
    ],
  },
  handler: (input, context) => listEntries(input.address, input, context),
});

export const treeOperation = defineOperation({
  name: 'storage_show_tree',
  summary: 'Show what is below a bucket or prefix as a tree',
  risk: 'READ',
  input: z.object({ address, depth: z.int().min(1).max(1000).optional().describe('Levels to show'), limit }),
  output: z.object({ type: z.enum(['prefix', 'object']), depth: z.number(), name: z.string(), address: z.string(), sizeInBytes: z.number().optional() }),
  returns: 'items',
  cli: {
    command: 'tree',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    columns: ['name', 'sizeInBytes'],
    primary: 'address',
    view: 'tree',
    examples: [['cmx tree prod:photos --depth 2', 'two levels']],
  },
  handler: (input, context) => takeFirst(treeOf(input.address, input.depth ?? Infinity, context), input.limit),
});

export const usageOperation = defineOperation({
  name: 'storage_measure_usage',
  summary: 'Sum up objects and bytes below a bucket or prefix',
  risk: 'READ',
  input: z.object({ address, depth: z.int().min(0).max(1000).default(0).describe('Levels with a sum of their own') }),
  output: z.object({ address: z.string(), objects: z.number(), sizeInBytes: z.number() }),
  returns: 'items',
  cli: {
    command: 'du',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    short: { depth: 'd' },
    columns: ['sizeInBytes', 'objects', 'address'],
    primary: 'address',
    examples: [['cmx du prod:photos -d 1', 'a sum for each first level, and the total last']],
  },
  handler: (input, context) => usageOf(input.address, input.depth, context),
});
