import fs from 'node:fs';
import path from 'node:path';
import { AlreadyExistsError, NotFoundError, PreconditionFailedError } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { FILE_MARK } from './key-encoding.ts';
import { withLock } from './key-lock.ts';
import { errnoOf } from './local-errors.ts';
import { identityOf, statObject, type ObjectFile } from './object-file.ts';
import { removeSidecar, writeSidecar, type Sidecar } from './sidecar.ts';
import { keepCurrent, newVersionId, NULL_VERSION, readVersioning, removeRecord } from './versions.ts';

/** Conditions under which a state may replace what is there. */
export interface WriteConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: '*' | undefined;
}

/** A state that has become current. */
export interface Committed {
  readonly etag: string;
  readonly sizeInBytes: number;
  readonly versionId: string | undefined;
}

/**
 * Makes a complete temporary file the current state of a key: readers see the old state or this one. The sidecar is there
 * before the file is, and with versioning the old state is kept before it is replaced. The temporary file is gone afterwards,
 * also when it fails.
 *
 * @throws {PreconditionFailedError} A condition does not hold.
 * @throws {NotFoundError} `ifMatch` on a missing object.
 */
export async function commit(bucket: BucketDirectory, temporary: string, sidecar: Sidecar, conditions: WriteConditions, durable: boolean): Promise<Committed> {
  const { key } = sidecar;
  return withLock(`${bucket.path}\n${key}`, async () => {
    let sidecarOf: string | undefined;
    try {
      bucket.assertExists();
      const current = statObject(bucket, key);
      assertConditions(current, conditions);
      const versioning = readVersioning(bucket);
      const versionId = versioning === 'enabled' ? newVersionId() : undefined;
      const stat = fs.lstatSync(temporary, { bigint: true });
      sidecarOf = identityOf(stat);
      writeSidecar(bucket, sidecarOf, { ...sidecar, versionId });
      if (versioning !== 'off') keepOld(bucket, key, current, versioning === 'suspended');
      replace(bucket, temporary, key, conditions.ifNoneMatch === '*');
      if (current) removeSidecar(bucket, key, current.identity);
      if (durable) await syncDirectory(path.dirname(bucket.locate(key)));
      return { etag: sidecarOf, sizeInBytes: Number(stat.size), versionId: versioning === 'suspended' ? NULL_VERSION : versionId };
    } catch (error) {
      fs.rmSync(temporary, { force: true });
      if (sidecarOf !== undefined && fs.existsSync(bucket.path)) removeSidecar(bucket, key, sidecarOf);
      throw error;
    }
  });
}

export function assertConditions(current: ObjectFile | undefined, { ifMatch, ifNoneMatch }: WriteConditions): void {
  if (ifNoneMatch === '*' && current) throw new PreconditionFailedError('The object exists', { applied: false });
  if (ifMatch === undefined) return;
  if (!current) throw new NotFoundError('The object to be replaced does not exist', { applied: false });
  if (current.identity !== ifMatch) throw new PreconditionFailedError('The object is not in the state that was named', { applied: false });
}

/** While suspended the new state has the id `null`, so an older one with that id gives way; states with ids are kept. */
function keepOld(bucket: BucketDirectory, key: string, current: ObjectFile | undefined, suspended: boolean): void {
  if (suspended) removeRecord(bucket, key, NULL_VERSION);
  if (current && !(suspended && (current.sidecar.versionId ?? NULL_VERSION) === NULL_VERSION)) keepCurrent(bucket, current);
}

/** A directory that another call removed in between, because it had become empty, is made again. */
function replace(bucket: BucketDirectory, temporary: string, key: string, createOnly: boolean): void {
  for (let attempt = 1; ; attempt++) {
    const target = bucket.locate(key);
    try {
      bucket.makeDirectoryFor(target);
      return createOnly ? linkNew(temporary, target) : fs.renameSync(temporary, freeName(target));
    } catch (error) {
      if (attempt === 5 || errnoOf(error) !== 'ENOENT') throw error;
    }
  }
}

/** Linking fails when the name is taken, so of two creators, in whatever processes, one wins. */
function linkNew(temporary: string, target: string): void {
  try {
    fs.linkSync(temporary, freeName(target));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw new PreconditionFailedError('The object exists', { applied: false, cause: new AlreadyExistsError('The name is taken') });
    throw error;
  }
  fs.rmSync(temporary, { force: true });
}

function freeName(target: string): string {
  return fs.lstatSync(target, { throwIfNoEntry: false })?.isDirectory() ? target + FILE_MARK : target;
}

/** Makes a rename last: the directory itself is flushed. Windows cannot and need not. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.promises.open(directory, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'EISDIR' || errnoOf(error) === 'EPERM' || errnoOf(error) === 'EACCES' || errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return;
  try {
    await handle.sync();
  } catch (error) {
    if (errnoOf(error) !== 'EPERM' && errnoOf(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}
