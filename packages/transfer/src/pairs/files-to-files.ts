import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { changedFile, toFileError } from '../files/file-errors.ts';
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

async function copyOneFile(from: string, to: string, job: CopyJob): Promise<Copied> {
  const temporary = join(dirname(to), `.cmx-${randomUUID()}.tmp`);
  try {
    await copyFile(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const [now, copy] = await Promise.all([lstat(from), lstat(temporary)]);
    const listedAt = job.item.lastModified?.getTime();
    if (now.size !== copy.size || (listedAt !== undefined && now.mtime.getTime() !== listedAt)) throw changedFile(from, 'was changed');
    await (job.createOnly ? link(temporary, to) : rename(temporary, to));
    return { how: 'streamed', verified: 'size', sizeInBytes: copy.size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'copyfile') throw changedFile(from, 'was removed');
    throw toFileError(error, 'copyFile', to);
  } finally {
    // After a rename there is nothing left under this name.
    await rm(temporary, { force: true });
  }
}
