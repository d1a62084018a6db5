import { UnauthenticatedError } from '@cmx/cloud-core';
import type { Environment } from './environment.ts';
import { parseIni, type IniFile } from './ini.ts';

/** One profile of the shared files, the credentials file before the config file. */
export interface SharedProfile {
  readonly name: string;
  /** Names in lower case. */
  readonly settings: ReadonlyMap<string, string>;
}

/**
 * Reads a profile of the shared config and credentials files.
 *
 * @param profile - Default: `AWS_PROFILE`, else `default`.
 * @throws {UnauthenticatedError} Neither file has a profile of that name.
 */
export async function readSharedProfile(profile: string | undefined, environment: Environment): Promise<SharedProfile> {
  const name = profile ?? (environment.AWS_PROFILE || 'default');
  // Asked of the process, so that no import stands in the way of a bundle for a browser.
  const platform = globalThis.process as Partial<NodeJS.Process> | undefined;
  if (platform?.getBuiltinModule === undefined) throw new UnauthenticatedError('There are no shared credentials and config files here: give the client credentials', { phase: 'credentials' });
  const { readFile } = platform.getBuiltinModule('node:fs/promises');
  const { homedir } = platform.getBuiltinModule('node:os');
  const home = environment.HOME || environment.USERPROFILE || homedir();
  const read = async (path: string): Promise<IniFile> => parseIni(await readFile(path, 'utf8').catch(() => ''));
  const [credentials, config] = await Promise.all([
    read(environment.AWS_SHARED_CREDENTIALS_FILE || `${home}/.aws/credentials`),
    read(environment.AWS_CONFIG_FILE || `${home}/.aws/config`),
  ]);
  const found = [config.get(name), credentials.get(name)].filter((section) => section !== undefined);
  if (found.length === 0) throw new UnauthenticatedError(`There is no profile "${name}" in the shared credentials and config files`, { phase: 'credentials' });
  return { name, settings: new Map(found.flatMap((section) => [...section])) };
}
