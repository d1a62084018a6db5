import { NotFoundError, PreconditionFailedError, type DeleteObjectOutcome } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { withLock } from './key-lock.ts';
import { statObject } from './object-file.ts';
import { addDeleteMarker, deleteVersion, keepCurrent, newVersionId, NULL_VERSION, readVersioning, removeCurrent, removeRecord } from './versions.ts';

/**
 * Deletes the current state of a key, or one version for good. With versioning the state is kept and a delete marker becomes the
 * newest version.
 *
 * @throws {PreconditionFailedError} The object is not in the state that `ifMatch` names.
 */
export async function deleteObject(bucket: BucketDirectory, key: string, { versionId, ifMatch }: { versionId?: string | undefined; ifMatch?: string | undefined }): Promise<DeleteObjectOutcome> {
  return withLock(`${bucket.path}\n${key}`, () => {
    if (ifMatch !== undefined) assertState(bucket, key, ifMatch);
    if (versionId !== undefined) return deleteVersion(bucket, key, versionId);
    const current = statObject(bucket, key);
    const versioning = readVersioning(bucket);
    if (versioning === 'off') {
      if (current) removeCurrent(bucket, key, current);
      return {};
    }
    const markerId = versioning === 'enabled' ? newVersionId() : NULL_VERSION;
    if (versioning === 'suspended') removeRecord(bucket, key, NULL_VERSION);
    if (current && !(versioning === 'suspended' && (current.sidecar.versionId ?? NULL_VERSION) === NULL_VERSION)) keepCurrent(bucket, current);
    addDeleteMarker(bucket, key, markerId);
    if (current) removeCurrent(bucket, key, current);
    return { versionId: markerId, isDeleteMarker: true };
  });
}

function assertState(bucket: BucketDirectory, key: string, ifMatch: string): void {
  const current = statObject(bucket, key);
  if (!current) throw new NotFoundError('The object does not exist', { applied: false });
  if (current.identity !== ifMatch) throw new PreconditionFailedError('The object is not in the state that was named', { applied: false });
}
