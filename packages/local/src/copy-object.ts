import fs from 'node:fs';
import { PreconditionFailedError, type CopyObjectOptions, type ObjectReference } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import type { LocalStorageCapabilities } from './local-capabilities.ts';
import { temporaryPath } from './object-file.ts';
import { findState, readObject } from './read-object.ts';
import { sidecarOf, type Sidecar } from './sidecar.ts';
import { writeBody, type WriteBodyOptions } from './write-body.ts';

/** Which options describe the target's own metadata: any of them makes `replace` the default. */
const DESCRIBING = ['contentType', 'contentEncoding', 'contentLanguage', 'contentDisposition', 'cacheControl', 'expires', 'metadata'] as const;

type CopyOptions = CopyObjectOptions<LocalStorageCapabilities> & Pick<WriteBodyOptions, 'durable' | 'where'>;

/**
 * Copies an object's bytes to a temporary file in the target's bucket, by cloning where the file system can.
 *
 * @throws {NotFoundError} The source does not exist.
 * @throws {PreconditionFailedError} The source is not in the state that `sourceIfMatch` names.
 */
export async function copyToTemporary(from: BucketDirectory, source: ObjectReference, to: BucketDirectory, targetKey: string, options: CopyOptions): Promise<{ path: string; sidecar: Sidecar }> {
  const { sourceIfMatch, checksumAlgorithm } = options;
  const state = findState(from, source.key, source.versionId);
  if (sourceIfMatch !== undefined && state.identity !== sourceIfMatch) throw new PreconditionFailedError('The source is not in the state that was named', { applied: false });
  const bytes = checksumAlgorithm && state.sidecar.checksums?.[checksumAlgorithm] === undefined ? await copyBytes(from, source, to, options) : await cloneFile(state.path, to, options.durable);
  const kept = { ...state.sidecar, checksums: bytes.checksums ?? state.sidecar.checksums };
  return { path: bytes.path, sidecar: describeTarget(kept, targetKey, options) };
}

function describeTarget(kept: Sidecar, key: string, options: CopyOptions): Sidecar {
  const directive = options.metadataDirective ?? (DESCRIBING.some((name) => options[name] !== undefined) ? 'replace' : 'copy');
  const given = sidecarOf(key, options, kept.checksums);
  const tags = given.tags ?? kept.tags;
  return directive === 'replace' ? { ...given, tags } : { ...kept, key, tags, checksumType: kept.checksums && 'full_object' };
}

/** Through the caller's process, because a checksum is asked for that is not known yet. */
async function copyBytes(from: BucketDirectory, source: ObjectReference, to: BucketDirectory, options: CopyOptions): ReturnType<typeof writeBody> {
  const { checksumAlgorithm, abortSignal, durable, where } = options;
  const body = readObject(from, source.key, { versionId: source.versionId }, where);
  return writeBody(to, body, { checksumAlgorithm, abortSignal, durable, where });
}

async function cloneFile(path: string, to: BucketDirectory, durable: boolean): Promise<{ path: string; checksums: undefined }> {
  const temporary = temporaryPath(to);
  try {
    await fs.promises.copyFile(path, temporary, fs.constants.COPYFILE_EXCL | fs.constants.COPYFILE_FICLONE);
    if (durable) await flush(temporary);
    return { path: temporary, checksums: undefined };
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

async function flush(path: string): Promise<void> {
  await using handle = await fs.promises.open(path, 'r+');
  await handle.sync();
}
