import type { FileHandle } from 'node:fs/promises';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { AlreadyExistsError, InvalidArgumentError } from '../errors/errors.ts';
import { fileError } from './file-errors.ts';
import { fileSystem, paths } from './file-system.ts';

/**
 * Writes a file that appears under its name only when it is whole: a temporary name beside it, flushed to the disk, renamed.
 * When `write` fails nothing is left and an older file stays as it was.
 *
 * @param overwrite - `false` fails with `already_exists` when there is a file of that name, now or at the end.
 */
export async function writeFileAtomically(path: string, overwrite: boolean, where: CloudErrorFields, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const fs = fileSystem();
  await assertTarget(path, overwrite, where);
  const temporary = await temporaryName(path);
  try {
    const file = await fs.open(temporary, 'wx');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary, path, overwrite);
  } catch (error) {
    throw fileError(error, path, where);
  } finally {
    await fs.rm(temporary, { force: true });
  }
}

/** Gives a whole file its final name, and makes that survive a crash. */
export async function publish(temporary: string, path: string, overwrite: boolean): Promise<void> {
  const { rename } = fileSystem();
  if (overwrite) await rename(temporary, path);
  else await giveNewName(temporary, path);
  await syncDirectory(path);
}

/** Like a rename, but fails when there is a file of that name. */
async function giveNewName(temporary: string, path: string): Promise<void> {
  const fs = fileSystem();
  try {
    await fs.link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // A file system without hard links: the name is claimed by an empty file first.
    await (await fs.open(path, 'wx')).close();
    await fs.rename(temporary, path);
  }
}

/** Fails before a byte is fetched for what cannot become the file anyway. */
export async function assertTarget(path: string, overwrite: boolean, where: CloudErrorFields): Promise<void> {
  const { stat } = fileSystem();
  const resource = { type: 'file', name: path };
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw fileError(error, path, where);
  });
  if (found && !found.isFile()) throw new InvalidArgumentError(`It is ${found.isDirectory() ? 'a directory' : 'no regular file'}`, { ...where, resource });
  if (found && !overwrite) throw new AlreadyExistsError('There is such a file already', { ...where, resource });
}

/** Beside the target, so that renaming stays within one file system; hidden, and of bounded length. */
async function temporaryName(path: string): Promise<string> {
  const { basename, dirname, join } = paths();
  const name = basename(path).slice(0, 40);
  return join(dirname(path), `.${name}.${crypto.randomUUID()}.part`);
}

/** Makes the new name itself survive a crash. Some systems cannot flush a directory, which then changes nothing. */
async function syncDirectory(path: string): Promise<void> {
  const { open } = fileSystem();
  const { dirname } = paths();
  try {
    const directory = await open(dirname(path), 'r');
    await directory.sync().finally(() => directory.close());
  } catch {
    // Windows refuses to open directories; the rename is atomic all the same.
  }
}
