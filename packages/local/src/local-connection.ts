import { InvalidArgumentError, type ConnectionType } from '@cmx/cloud-core';
import { LocalStorageClient } from './local-storage-client.ts';

/** A directory of this machine as a connection. Without a `root` it is `cmx` in the user's data directory. */
export const localConnection: ConnectionType = {
  type: 'local',
  title: 'A directory on this machine',
  fields: [
    {
      name: 'root',
      label: 'Directory',
      help: 'Its subdirectories are the buckets. Default: cmx in the data directory of the user, such as ~/.local/share/cmx.',
      environment: ['CMX_LOCAL_ROOT'],
    },
    { name: 'durable', label: 'Flush every write to the disk', help: 'yes (the default) or no; no is faster for many small files.', choices: ['yes', 'no'] },
  ],
  openStorage({ root, durable = 'yes' }, { env = process.env, logger, telemetry }) {
    if (durable !== 'yes' && durable !== 'no') throw new InvalidArgumentError('The setting durable must be yes or no', { provider: 'local' });
    return new LocalStorageClient({ root: root ?? defaultRoot(env), durable: durable === 'yes', logger, telemetry });
  },
  async check({ root }, { env = process.env }) {
    return root ?? defaultRoot(env);
  },
};

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
function defaultRoot(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['HOME'] ?? env['USERPROFILE'];
  const data = env['XDG_DATA_HOME'] ?? env['LOCALAPPDATA'] ?? (home && `${home}/.local/share`);
  if (!data) throw new InvalidArgumentError('There is no home directory: set CMX_LOCAL_ROOT or the setting root', { provider: 'local' });
  return `${data}/cmx`;
}
