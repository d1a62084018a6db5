import { lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { PermissionDeniedError } from '@cmx/cloud-core';
import { toFileError, unsafeName } from './file-errors.ts';

const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
const WINDOWS_CHARACTERS = /[<>:"|?*\x00-\x1f]/;

/**
 * Says why a key must not become a path below a directory, or `undefined` when it may. Refuses everywhere what leads out of the
 * directory or is read differently on another system: `..`, `.`, empty segments, absolute paths, drives, backslashes, NUL.
 */
export function whyUnsafe(key: string, options: { readonly windows: boolean; readonly nativeNames: boolean }): string | undefined {
  if (key === '') return 'it is empty';
  if (key.includes('\0')) return 'it contains NUL';
  if (key.includes('\\')) return 'it contains a backslash';
  if (key.startsWith('/')) return 'it is an absolute path';
  if (/^[a-z]:/i.test(key)) return 'it begins with a drive letter';
  if (/\p{Surrogate}/u.test(key)) return 'it is not valid Unicode';
  for (const segment of key.replace(/\/$/, '').split('/')) {
    if (segment === '') return 'it has an empty segment';
    if (segment === '..' || segment === '.') return `it has a "${segment}" segment`;
    const windows = options.windows || !options.nativeNames ? whyNotOnWindows(segment, options.windows) : undefined;
    if (windows) return windows;
  }
  return undefined;
}

function whyNotOnWindows(segment: string, onWindows: boolean): string | undefined {
  if (WINDOWS_DEVICE.test(segment)) return `"${segment}" is a device name on Windows`;
  if (/[. ]$/.test(segment)) return `"${segment}" ends with a dot or a space, which Windows drops`;
  return onWindows && WINDOWS_CHARACTERS.test(segment) ? `"${segment}" holds a character Windows refuses` : undefined;
}

/** @throws {InvalidArgumentError} The key cannot be a path below a directory of this machine. */
export function expectSafeKey(key: string, nativeNames: boolean): void {
  const why = whyUnsafe(key, { windows: sep === '\\', nativeNames });
  if (why) throw unsafeName(key, why);
}

/** Turns keys into paths below one directory, and makes their parent directories; never through a symbolic link that leads out. */
export class SafeDirectory {
  readonly #root: string;
  readonly #nativeNames: boolean;
  readonly #ready = new Map<string, Promise<void>>();
  #realRoot: Promise<string> | undefined;

  constructor(root: string, nativeNames: boolean) {
    this.#root = root;
    this.#nativeNames = nativeNames;
  }

  /** @throws {InvalidArgumentError} The key cannot be a path below the directory. */
  pathOf(key: string): string {
    expectSafeKey(key, this.#nativeNames);
    return join(this.#root, key);
  }

  /**
   * Makes the directory a file will be in.
   *
   * @throws {PermissionDeniedError} A symbolic link in the path leads out of the root.
   */
  async makeParent(path: string): Promise<void> {
    await this.makeDirectory(dirname(path));
  }

  async makeDirectory(directory: string): Promise<void> {
    let ready = this.#ready.get(directory);
    if (!ready) {
      ready = this.#make(directory);
      if (this.#ready.size >= 4096) this.#ready.clear();
      this.#ready.set(directory, ready);
      ready.catch(() => this.#ready.delete(directory));
    }
    await ready;
  }

  async #make(directory: string): Promise<void> {
    try {
      this.#realRoot ??= mkdir(this.#root, { recursive: true }).then(() => realpath(this.#root));
      const root = await this.#realRoot;
      await this.#refuseLinksOut(root, directory);
      await mkdir(directory, { recursive: true });
    } catch (error) {
      throw toFileError(error, 'makeDirectory', directory);
    }
  }

  /** Looks at the nearest parent that exists before anything is made: `mkdir -p` would follow a link planted there. */
  async #refuseLinksOut(root: string, directory: string): Promise<void> {
    let existing = directory;
    while (existing.length > this.#root.length && !(await exists(existing))) existing = dirname(existing);
    const real = await realpath(existing);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new PermissionDeniedError('A symbolic link in the path leads out of the target directory', {
        provider: 'local',
        operation: 'writeFile',
        resource: { type: 'file', name: directory },
        phase: 'arguments',
      });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw toFileError(error, 'makeDirectory', path);
  }
}
