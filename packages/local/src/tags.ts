import type { BucketDirectory } from './bucket-directory.ts';
import { withLock } from './key-lock.ts';
import { requireObject } from './object-file.ts';
import { updateSidecar } from './sidecar.ts';
import { missingVersion, NULL_VERSION, updateVersion } from './versions.ts';

/**
 * Replaces the tags of the current state of a key, or of one version.
 *
 * @throws {NotFoundError} There is no such object or version.
 */
export async function putTags(bucket: BucketDirectory, key: string, versionId: string | undefined, tags: Readonly<Record<string, string>>): Promise<void> {
  const kept = Object.keys(tags).length > 0 ? tags : undefined;
  await withLock(`${bucket.path}\n${key}`, () => {
    if (versionId !== undefined && updateVersion(bucket, key, versionId, { tags: kept })) return;
    const { identity, sidecar } = requireObject(bucket, key);
    if (versionId !== undefined && (sidecar.versionId ?? NULL_VERSION) !== versionId) throw missingVersion(versionId);
    updateSidecar(bucket, identity, { ...sidecar, tags: kept });
  });
}
