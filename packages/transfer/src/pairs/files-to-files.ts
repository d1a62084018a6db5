import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { changedFile, toFileError } from '../files/file-errors.ts';
import { statFile } from '../files/read-file.ts';
import { SafeDirectory } from '../files/safe-path.ts';
import type { FileTreeEnd } from '../transfer-end.ts';
import type { Copied, CopyJob, CopyPair } from './copy-job.ts';

/** Between two directories: the system copies (or clones) to a temporary name, which then takes the final one. */
export function filesToFiles(source: FileTreeEnd, target: FileTreeEnd): CopyPair {
  const directory = new SafeDirectory(target.root, target.nativeNames);
  return async (job) => {
    const path = directory.pathOf(job.targetKey);
    await directory.makeParent(path);
    return copyOneFile(join(source.root, job.item.key), path, job);
  };
}

/** Files up to this size are copied with synchronous calls: a turn in the thread pool for each would cost more than the copy. */
const SMALL_FILE_BYTES = 256 * 1024;

const COPY_MODE = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;

async function copyOneFile(from: string, to: string, job: CopyJob): Promise<Copied> {
  const before = statFile(from);
  const temporary = join(dirname(to), `.cmx-${randomUUID()}.tmp`);
  try {
    if (before.size <= SMALL_FILE_BYTES) copyFileSync(from, temporary, COPY_MODE);
    else await copyFile(from, temporary, COPY_MODE);
    const [now, copy] = [statFile(from), statFile(temporary)];
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || copy.size !== before.size) throw changedFile(from, 'was changed');
    publish(temporary, to, job.createOnly);
    return { how: 'streamed', verified: 'size', sizeInBytes: copy.size };
  } catch (error) {
    rmSync(temporary, { force: true });
    throw toFileError(error, 'copyFile', to);
  }
}

/** A link fails where the name is taken; a rename replaces what is there, at once. */
function publish(temporary: string, to: string, createOnly: boolean): void {
  if (!createOnly) return renameSync(temporary, to);
  linkSync(temporary, to);
  rmSync(temporary);
}
