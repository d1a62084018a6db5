import { z } from 'zod';
import { badAddress, parseAddress } from '../addresses.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { copyInput, nativeNames, riskOfCopy, storeInput } from './copy-input.ts';
import { copySources } from './copy-sources.ts';
import { address, copyOutcome } from './schemas.ts';

const sources = z.array(address).min(1).describe('What to copy: addresses, paths or patterns, or - for standard input');
const target = address.describe('Where to: an address or a path (a slash at its end, or a directory that exists, means "into it"), or - for standard output');
const columns = ['outcome', 'sizeInBytes', 'how', 'source', 'target'] as const;
const short = { recursive: 'r', dryRun: 'n' } as const;

export const copyOperation = defineOperation({
  name: 'storage_copy_objects',
  summary: 'Copy objects and files, between any two places',
  description:
    'Copies many objects at once, inside the service where both ends are one connection, and verifies each. An object that fails stops none of the others. ' +
    'What is in a directory goes below the target; of several sources each directory gets a place of its own name.',
  risk: 'DELETE',
  riskOf: riskOfCopy,
  input: z.object({ sources, target, ...copyInput, ...storeInput, nativeNames }),
  output: copyOutcome,
  returns: 'items',
  cli: {
    command: 'cp',
    arguments: [
      { field: 'sources', label: 'SOURCE', variadic: true, complete: 'address' },
      { field: 'target', label: 'TARGET', complete: 'address' },
    ],
    short,
    columns,
    primary: 'target',
    quiet: true,
    examples: [
      ['cmx cp ./report.pdf prod:documents/', 'one file into a bucket'],
      ['cmx cp -r ./photos prod:photos/2024', 'what is in a directory, below a prefix'],
      ["cmx cp 'prod:logs/2024-*/**/*.gz' backup:logs/", 'what a pattern matches, to another connection'],
      ['cmx cp --resume ./film.mov prod:videos/', 'again after an interrupt: only what is missing is sent'],
      ['pg_dump shop | cmx cp - prod:dumps/shop.sql', 'standard input, of unknown length'],
    ],
  },
  handler: (input, context) => copySources(input.sources, input.target, input, context),
});

export const moveOperation = defineOperation({
  name: 'storage_move_objects',
  summary: 'Move objects and files: copy, verify, then delete the source',
  description: 'As a copy; each source is deleted once its copy is verified and if it did not change meanwhile. Directories that become empty stay.',
  risk: 'DELETE',
  riskOf: ({ dryRun }) => (dryRun ? 'PLAN' : 'DELETE'),
  input: z.object({ sources: sources.describe('What to move: addresses, paths or patterns'), target, ...copyInput, ...storeInput, nativeNames }),
  output: copyOutcome,
  returns: 'items',
  cli: {
    command: 'mv',
    arguments: [
      { field: 'sources', label: 'SOURCE', variadic: true, complete: 'address' },
      { field: 'target', label: 'TARGET', complete: 'address' },
    ],
    short,
    columns,
    primary: 'target',
    quiet: true,
    examples: [['cmx mv prod:inbox/a.csv prod:done/', 'into another bucket, inside the service']],
  },
  handler(input, context) {
    for (const place of [...input.sources, input.target]) if (place === '-') throw badAddress(place, 'a stream cannot be moved: use cp');
    return copySources(input.sources, input.target, input, context, true);
  },
});

export const uploadOperation = defineOperation({
  name: 'storage_upload_files',
  summary: 'Store files, directories or standard input in a bucket',
  risk: 'DELETE',
  riskOf: riskOfCopy,
  input: z.object({
    sources: z.array(z.string().min(1)).min(1).describe('Files, directories or patterns on this machine, or -'),
    target: address.describe('Where to: connection:bucket/key, with a slash at the end for "into it"'),
    ...copyInput,
    ...storeInput,
  }),
  output: copyOutcome,
  returns: 'items',
  cli: {
    command: 'put',
    arguments: [
      { field: 'sources', label: 'FILE', variadic: true },
      { field: 'target', label: 'TARGET', complete: 'address' },
    ],
    short,
    columns,
    primary: 'target',
    quiet: true,
    examples: [['cmx put --content-type text/html ./index.html prod:site/', 'with a type of its own']],
  },
  handler(input, context) {
    for (const source of input.sources) expectKind(source, 'local', 'put stores what is on this machine: use cp', context);
    expectKind(input.target, 'remote', 'put needs a bucket to store in: connection:bucket', context);
    return copySources(input.sources, input.target, input, context);
  },
});

export const downloadOperation = defineOperation({
  name: 'storage_download_files',
  summary: 'Bring objects to this machine',
  description: 'Each file appears under its name when it is whole and verified. Keys that would lead out of the directory, or that Windows cannot hold, are refused one by one.',
  risk: 'WRITE_LOCAL',
  riskOf: ({ dryRun }) => (dryRun ? 'PLAN' : 'WRITE_LOCAL'),
  input: z.object({
    sources: z.array(address).min(1).describe('Addresses or patterns of objects'),
    to: z.string().min(1).default('.').describe('File or directory to write to, or - for standard output'),
    ...copyInput,
    nativeNames,
  }),
  output: copyOutcome,
  returns: 'items',
  cli: {
    command: 'get',
    arguments: [{ field: 'sources', label: 'SOURCE', variadic: true, complete: 'address' }],
    short: { ...short, to: 't' },
    columns,
    primary: 'target',
    quiet: true,
    examples: [
      ['cmx get prod:documents/report.pdf', 'into the current directory'],
      ['cmx get -r prod:photos/2024 --to ./photos', 'everything below a prefix'],
    ],
  },
  handler(input, context) {
    for (const source of input.sources) expectKind(source, 'remote', 'get brings what is in a bucket: use cp', context);
    if (input.to !== '-') expectKind(input.to, 'local', 'get writes on this machine: use cp', context);
    return copySources(input.sources, input.to, input, context);
  },
});

function expectKind(place: string, kind: 'local' | 'remote', why: string, context: OperationContext): void {
  const location = parseAddress(place, context.defaultConnection);
  if (location.kind !== kind && !(kind === 'local' && location.kind === 'standard')) throw badAddress(place, why);
}
