import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
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

async function copyOneFile(from: string, to: string, job: CopyJob): Promise<Copied> {
  const before = statFile(from);
  const temporary = join(dirname(to), `.cmx-${randomUUID()}.tmp`);
  try {
    await copyFile(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const [now, copy] = [statFile(from), statFile(temporary)];
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || copy.size !== before.size) throw changedFile(from, 'was changed');
    if (job.createOnly) await link(temporary, to).then(() => rm(temporary));
    else await rename(temporary, to);
    return { how: 'streamed', verified: 'size', sizeInBytes: copy.size };
  } catch (error) {
    await rm(temporary, { force: true });
    throw toFileError(error, 'copyFile', to);
  }
}
