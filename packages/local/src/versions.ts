import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { NotFoundError, type BucketVersioning, type DeleteObjectOutcome, type ObjectVersion } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { encodeKey, SYSTEM_DIRECTORY } from './key-encoding.ts';
import { errnoOf } from './local-errors.ts';
import { identityOf, statObject, type ObjectFile } from './object-file.ts';
import { removeSidecar, writeSidecar, type Sidecar } from './sidecar.ts';
import { compareKeys, walk } from './walk.ts';

/** At the end of the directory that holds the kept versions of one key. */
const VERSIONS_MARK = '%v';

/** The id of a state stored while versioning was off or suspended. */
export const NULL_VERSION = 'null';

/** A state that is no longer current: its bytes are in `<file>.data`; a deletion has none. */
interface KeptVersion {
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** Milliseconds since the epoch, when the marker was made or the bytes were written. */
  readonly at: number;
  /** Order among the versions of a key: higher is newer. */
  readonly sequence: number;
  readonly sidecar: Sidecar;
}

let lastSequence = 0;

/** A number that grows with time and within it: microseconds since the epoch, or one more than the last. */
function nextSequence(): number {
  lastSequence = Math.max(lastSequence + 1, Math.round((performance.timeOrigin + performance.now()) * 1000));
  return lastSequence;
}

export function newVersionId(): string {
  return `${nextSequence().toString(36)}${randomBytes(4).toString('hex')}`;
}

export function readVersioning(bucket: BucketDirectory): BucketVersioning {
  const file = path.join(bucket.path, SYSTEM_DIRECTORY, 'versioning');
  return fs.existsSync(file) ? (fs.readFileSync(file, 'utf8').trim() as BucketVersioning) : 'off';
}

export function writeVersioning(bucket: BucketDirectory, versioning: 'enabled' | 'suspended'): void {
  const file = path.join(bucket.path, SYSTEM_DIRECTORY, 'versioning');
  bucket.makeDirectoryFor(file);
  fs.writeFileSync(`${file}.new`, `${versioning}\n`);
  fs.renameSync(`${file}.new`, file);
}

/** Makes the current state a kept version, as a link to its bytes; the caller then replaces or removes the current file. */
export function keepCurrent(bucket: BucketDirectory, current: ObjectFile): void {
  const { key } = current.sidecar;
  const versionId = current.sidecar.versionId ?? NULL_VERSION;
  const at = current.lastModified.getTime();
  const data = versionPath(bucket, key, versionId, 'data');
  bucket.makeDirectoryFor(data);
  linkOrCopy(current.path, data);
  writeRecord(bucket, key, { versionId, isDeleteMarker: false, at, sequence: sequenceOf(versionId, at), sidecar: current.sidecar });
}

/** Records a deletion as the newest version. */
export function addDeleteMarker(bucket: BucketDirectory, key: string, versionId: string): void {
  writeRecord(bucket, key, { versionId, isDeleteMarker: true, at: Date.now(), sequence: nextSequence(), sidecar: { key } });
}

/** A kept version's bytes and sidecar. @throws {NotFoundError} No such version, or it is a delete marker. */
export function requireVersion(bucket: BucketDirectory, key: string, versionId: string): ObjectFile {
  const record = readRecords(bucket, key).find((candidate) => candidate.versionId === versionId);
  if (!record) throw missingVersion(versionId);
  if (record.isDeleteMarker) throw new NotFoundError(`The version "${versionId}" is a deletion`, { vendorCode: 'DeleteMarker' });
  const file = versionPath(bucket, key, versionId, 'data');
  const stat = fs.lstatSync(file, { bigint: true });
  return { path: file, sizeInBytes: Number(stat.size), lastModified: new Date(record.at), identity: identityOf(stat), sidecar: record.sidecar };
}

/** Changes what is known of a kept version. @returns Whether there is one of that id. */
export function updateVersion(bucket: BucketDirectory, key: string, versionId: string, change: Partial<Sidecar>): boolean {
  const record = readRecords(bucket, key).find((candidate) => candidate.versionId === versionId && !candidate.isDeleteMarker);
  if (record) writeRecord(bucket, key, { ...record, sidecar: { ...record.sidecar, ...change } });
  return record !== undefined;
}

export function missingVersion(versionId: string): NotFoundError {
  return new NotFoundError(`There is no version "${versionId}"`);
}

/** Removes one version for good. When that uncovers an older state, it is current again. */
export function deleteVersion(bucket: BucketDirectory, key: string, versionId: string): DeleteObjectOutcome {
  const current = statObject(bucket, key);
  const isCurrent = current !== undefined && (current.sidecar.versionId ?? NULL_VERSION) === versionId;
  const record = readRecords(bucket, key).find((candidate) => candidate.versionId === versionId);
  if (isCurrent) removeCurrent(bucket, key, current);
  else removeRecord(bucket, key, versionId);
  if (isCurrent || current === undefined) promoteNewest(bucket, key);
  return { versionId, isDeleteMarker: record?.isDeleteMarker };
}

export function removeRecord(bucket: BucketDirectory, key: string, versionId: string): void {
  for (const kind of ['json', 'data'] as const) fs.rmSync(versionPath(bucket, key, versionId, kind), { force: true });
  bucket.pruneEmpty(versionPath(bucket, key, versionId, 'json'));
}

export function removeCurrent(bucket: BucketDirectory, key: string, current: ObjectFile): void {
  fs.rmSync(current.path, { force: true });
  removeSidecar(bucket, key, current.identity);
  bucket.pruneEmpty(current.path);
}

/** Every version of every key: by key, newest first. */
export function* listVersions(bucket: BucketDirectory, prefix: string): Generator<ObjectVersion, void, undefined> {
  const current = walk(bucket.path, { rules: bucket.rules, prefix });
  const kept = walk(bucket.systemPath('versions'), { rules: bucket.rules, prefix, leafMark: VERSIONS_MARK });
  let a = nextKey(current);
  let b = nextKey(kept);
  while (a !== undefined || b !== undefined) {
    const order = a === undefined ? 1 : b === undefined ? -1 : compareKeys(a, b);
    const key = (order <= 0 ? a : b) as string;
    yield* versionsOfKey(bucket, key);
    if (order <= 0) a = nextKey(current);
    if (order >= 0) b = nextKey(kept);
  }
}

function nextKey(entries: ReturnType<typeof walk>): string | undefined {
  const next = entries.next();
  return next.done ? undefined : next.value.key;
}

function* versionsOfKey(bucket: BucketDirectory, key: string): Generator<ObjectVersion, void, undefined> {
  const current = statObject(bucket, key);
  const records = readRecords(bucket, key);
  if (current) {
    const { sizeInBytes, lastModified, identity, sidecar } = current;
    yield { key, versionId: sidecar.versionId ?? NULL_VERSION, isLatest: true, isDeleteMarker: false, sizeInBytes, etag: identity, lastModified };
  }
  for (const [index, { versionId, isDeleteMarker, at }] of records.entries()) {
    const stat = isDeleteMarker ? undefined : fs.lstatSync(versionPath(bucket, key, versionId, 'data'), { bigint: true, throwIfNoEntry: false });
    yield { key, versionId, isLatest: !current && index === 0, isDeleteMarker, sizeInBytes: Number(stat?.size ?? 0), etag: stat && identityOf(stat), lastModified: new Date(at) };
  }
}

/** The kept versions of a key, newest first. */
function readRecords(bucket: BucketDirectory, key: string): KeptVersion[] {
  const directory = path.dirname(versionPath(bucket, key, NULL_VERSION, 'json'));
  if (!fs.existsSync(directory)) return [];
  const files = fs.readdirSync(directory).filter((name) => name.endsWith('.json'));
  const records = files.map((name) => JSON.parse(fs.readFileSync(path.join(directory, name), 'utf8')) as KeptVersion);
  return records.sort((a, b) => b.sequence - a.sequence);
}

function writeRecord(bucket: BucketDirectory, key: string, record: KeptVersion): void {
  const file = versionPath(bucket, key, record.versionId, 'json');
  bucket.makeDirectoryFor(file);
  fs.writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** After a removal: the newest kept version, unless it is a deletion, becomes the current state. */
function promoteNewest(bucket: BucketDirectory, key: string): void {
  const newest = readRecords(bucket, key)[0];
  if (!newest || newest.isDeleteMarker) return;
  const data = versionPath(bucket, key, newest.versionId, 'data');
  const target = bucket.locate(key);
  bucket.makeDirectoryFor(target);
  writeSidecar(bucket, identityOf(fs.lstatSync(data, { bigint: true })), newest.sidecar);
  fs.renameSync(data, target);
  removeRecord(bucket, key, newest.versionId);
}

function versionPath(bucket: BucketDirectory, key: string, versionId: string, kind: 'json' | 'data'): string {
  const names = encodeKey(key, bucket.rules);
  const last = names.pop() ?? '';
  return bucket.systemPath('versions', ...names, `${last}${VERSIONS_MARK}`, `${versionId.replace(/[^\w-]/g, '_')}.${kind}`);
}

function sequenceOf(versionId: string, at: number): number {
  return versionId === NULL_VERSION ? at * 1000 : Number.parseInt(versionId.slice(0, -8), 36);
}

/** A link where the file system has them, otherwise a copy. */
function linkOrCopy(source: string, target: string): void {
  fs.rmSync(target, { force: true });
  try {
    fs.linkSync(source, target);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV'].includes(errnoOf(error) ?? '')) throw error;
    fs.copyFileSync(source, target, fs.constants.COPYFILE_FICLONE);
  }
}
