import type { FileHandle } from 'node:fs/promises';
import { createChecksum } from '../body/checksum.ts';
import { CloudError, type CloudErrorFields } from '../errors/cloud-error.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import { publish } from './atomic-file.ts';
import { fileError } from './file-errors.ts';
import { fileSystem, paths } from './file-system.ts';

/** What a file that is not whole yet holds: which object, and which state of it. */
export interface KeptContent {
  readonly object: string;
  readonly state: string;
  readonly sizeInBytes: number;
}

/**
 * Writes a file under a hidden name beside its own, which it gets when it is whole. When `write` fails, what was written stays for the
 * next call with the same content; what earlier calls left of other states of the object is removed. Its name says what it holds, so
 * that bytes of two states never mix. Two processes at once spoil nothing, for they write the same bytes at the same places; the one that is
 * later finds the file gone, and fails.
 *
 * @param write - Told how many bytes are there already. Writes each of the others at its position.
 */
export async function writeKeptFile(path: string, overwrite: boolean, content: KeptContent, where: CloudErrorFields, write: (file: FileHandle, keptInBytes: number) => Promise<void>): Promise<void> {
  const fs = fileSystem();
  try {
    const kept = await keptName(path, content, where);
    const file = await openKept(kept, where);
    try {
      await write(file, await usableBytes(file, content.sizeInBytes));
      await file.sync();
    } catch (error) {
      if (isUseless(error) || (await file.stat()).size === 0) await fs.rm(kept, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await publish(kept, path, overwrite);
  } catch (error) {
    throw fileError(error, path, where);
  }
}

/** Hidden, of bounded length, and the same for the same content. Removes what is there of the object's other states. */
async function keptName(path: string, { object, state, sizeInBytes }: KeptContent, where: CloudErrorFields): Promise<string> {
  const { readdir, rm } = fileSystem();
  const { basename, dirname, join } = paths();
  const name = basename(path);
  const ofObject = `.${name.slice(0, 40)}.${await digestOf(`${name}\n${object}`, where)}.`;
  const kept = `${ofObject}${await digestOf(`${state}\n${String(sizeInBytes)}`, where)}.resume`;
  const others = (await readdir(dirname(path))).filter((other) => other.startsWith(ofObject) && other.endsWith('.resume') && other !== kept);
  await Promise.all(others.map((other) => rm(join(dirname(path), other), { force: true })));
  return join(dirname(path), kept);
}

/** Short, and of letters that every file system tells apart. */
async function digestOf(text: string, where: CloudErrorFields): Promise<string> {
  const checksum = await createChecksum('sha256', where);
  checksum.update(new TextEncoder().encode(text));
  return Array.from(atob(checksum.digest()).slice(0, 10), (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** The name can be foreseen, so whoever may write to the directory could have put a link there: links are not followed. */
async function openKept(path: string, where: CloudErrorFields): Promise<FileHandle> {
  const { constants, open } = fileSystem();
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0));
  const { nlink } = await file.stat();
  if (nlink === 1) return file;
  await file.close();
  throw new InvalidArgumentError('What was kept of an earlier download has other names: remove it', { ...where, resource: { type: 'file', name: path } });
}

async function usableBytes(file: FileHandle, sizeInBytes: number): Promise<number> {
  const { size } = await file.stat();
  if (size <= sizeInBytes) return size;
  await file.truncate(0);
  return 0;
}

/** Whether nobody can go on with what was written. */
function isUseless(error: unknown): boolean {
  return CloudError.is(error, 'checksum_mismatch') || CloudError.is(error, 'changed_during_read');
}
