import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { InvalidArgumentError, UnsupportedOperationError, type CloudError, type CloudErrorCode } from '@cmx/cloud-core';
import { assertResumable, bucketOf, copyObjects, filesIn, type CopyObjectsOptions, type CopyResult, type TransferEnd } from '@cmx/transfer';
import type { z } from 'zod';
import { badAddress, formatAddress, parseAddress, type Location } from '../addresses.ts';
import { toErrorReport, type ErrorReport } from '../error-report.ts';
import type { OperationContext } from '../operation-context.ts';
import type { CopyInput } from './copy-input.ts';
import { engineOptions } from './engine-options.ts';
import { adviceOnKept } from './kept-advice.ts';
import { expandHome } from './local-path.ts';
import type { copyOutcome } from './schemas.ts';
import { callOptions, selectSource, type Selection } from './select-source.ts';
import { copyFromInput, copyToOutput } from './standard-streams.ts';

type CopyOutcome = z.input<typeof copyOutcome>;

/** After these there is nothing that could be gone on with. */
const LEAVE_NOTHING: readonly CloudErrorCode[] = ['checksum_mismatch', 'changed_during_read', 'bucket_not_found', 'not_found'];

/**
 * Copies (or moves) what the sources select to one target: exactly there for one object and a target without a slash at its
 * end, below it otherwise. What is in a directory goes below the target; of several sources each gets a place of its own name.
 *
 * @throws {InvalidArgumentError} The target cannot take what was selected.
 */
export async function* copySources(sources: readonly string[], target: string, input: CopyInput, context: OperationContext, deleteSource = false): AsyncGenerator<CopyOutcome> {
  const to = parseAddress(target, context.defaultConnection);
  if (input.resume) await assertAllResumable(sources, to, context);
  if (sources.includes('-')) {
    yield* copyFromInput(expectOne(sources, '-'), to, input, context);
    return;
  }
  const selections: Selection[] = [];
  for (const source of sources) selections.push(await selectSource(source, input, context));
  if (to.kind === 'standard') {
    yield* copyToOutput(selections, input, context);
    return;
  }
  for (const selection of selections) yield* copySelection(selection, selections.length > 1, to, input, context, deleteSource);
}

/** Before anything is looked up. @throws {UnsupportedOperationError} */
async function assertAllResumable(sources: readonly string[], to: Location, context: OperationContext): Promise<void> {
  if (to.kind === 'standard') throw new UnsupportedOperationError('What was written to standard output cannot be gone on with', { provider: 'local', operation: 'copyObjects' });
  const target = await endOf(to, context);
  for (const source of sources) assertResumable(await endOf(parseAddress(source, context.defaultConnection), context), target);
}

/** Standard input counts as a file. */
async function endOf(location: Location, context: OperationContext): Promise<TransferEnd> {
  return location.kind === 'remote' ? remoteEnd(location, '', context) : filesIn(location.kind === 'local' ? expandHome(location.path) : '.', { label: formatAddress(location) });
}

async function* copySelection(
  selection: Selection,
  oneOfMany: boolean,
  to: Exclude<Location, { kind: 'standard' }>,
  input: CopyInput,
  context: OperationContext,
  deleteSource: boolean,
): AsyncGenerator<CopyOutcome> {
  const { single } = selection;
  const place = single ? await placeOfOne(selection.name, oneOfMany, to, input, context) : await placeBelow(oneOfMany ? selection.name : '', to, input, context);
  const options: CopyObjectsOptions = {
    ...callOptions(context),
    ...engineOptions(input),
    ...(single && { items: [single], rename: () => place.name }),
    filter: selection.filter,
    deleteSource,
    onProgress: context.onProgress,
  };
  for await (const result of copyObjects(selection.end, place.end, options)) yield toOutcome(result, input, deleteSource);
}

/** Where one object goes: the end it is copied to, and its name there. */
interface Place {
  readonly end: TransferEnd;
  readonly name: string;
}

async function placeOfOne(name: string, oneOfMany: boolean, to: Exclude<Location, { kind: 'standard' }>, input: CopyInput, context: OperationContext): Promise<Place> {
  if (to.kind === 'remote') {
    if (oneOfMany || to.key === '' || to.key.endsWith('/')) return { ...(await placeBelow('', to, input, context)), name };
    return { end: await remoteEnd(to, '', context), name: to.key };
  }
  const path = expandHome(to.path);
  if (oneOfMany || path.endsWith('/') || (await isDirectory(path))) return { ...(await placeBelow('', to, input, context)), name };
  const label = path.slice(0, path.length - basename(path).length);
  return { end: filesIn(dirname(path), { label, nativeNames: input.nativeNames }), name: basename(path) };
}

async function placeBelow(directory: string, to: Exclude<Location, { kind: 'standard' }>, input: CopyInput, context: OperationContext): Promise<Place> {
  if (to.kind === 'remote') {
    const prefix = [to.key.replace(/\/$/, ''), directory].filter((segment) => segment !== '').join('/');
    return { end: await remoteEnd(to, prefix === '' ? '' : `${prefix}/`, context), name: '' };
  }
  const path = [expandHome(to.path).replace(/(?<=.)\/$/, ''), directory].filter((segment) => segment !== '').join('/');
  return { end: filesIn(path, { label: path.endsWith('/') ? path : `${path}/`, nativeNames: input.nativeNames }), name: '' };
}

async function remoteEnd({ connection, bucket, key }: Extract<Location, { kind: 'remote' }>, prefix: string, context: OperationContext): Promise<TransferEnd> {
  if (bucket === '') throw badAddress(`${connection}:${key}`, 'it names no bucket');
  return bucketOf(await context.storage(connection), bucket, { prefix, label: `${connection}:${bucket}/${prefix}` });
}

function toOutcome({ key: _, error, outcome, ...result }: CopyResult, input: CopyInput, deleteSource: boolean): CopyOutcome {
  const isMoved = deleteSource && outcome === 'copied';
  return { ...result, outcome: isMoved ? 'moved' : outcome, notCarried: result.notCarried && [...result.notCarried], error: error && reportFailure(error, result, input) };
}

/** Says of what failed and was kept how to go on, and how to be rid of it. */
function reportFailure(error: CloudError, { target, sizeInBytes }: Pick<CopyResult, 'target' | 'sizeInBytes'>, { resume, partSizeInMib }: CopyInput): ErrorReport {
  const report = toErrorReport(error);
  const isKept = resume && sizeInBytes > partSizeInMib * 1024 * 1024 && error.phase !== 'arguments' && !LEAVE_NOTHING.includes(error.code);
  if (!isKept) return report;
  const { hint, next } = adviceOnKept(target);
  return { ...report, hint: [report.hint, hint].filter(Boolean).join('. '), next: [...(report.next ?? []), ...next] };
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function expectOne(sources: readonly string[], what: string): string {
  if (sources.length === 1) return what;
  throw new InvalidArgumentError('Standard input (-) cannot be one of several sources', { operation: 'copyObjects' });
}
