import { CloudError, InvalidArgumentError, type ConnectionSettings } from '@cmx/cloud-core';

/** A connection as the file has it: references in place of secrets where the user wrote them. */
export interface StoredConnection {
  readonly name: string;
  readonly type: string;
  readonly settings: ConnectionSettings;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Two characters or more, so that no name is taken for a drive. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]+$/;
/** `file:PATH` is a path. */
const RESERVED = 'file';

/**
 * The file connections are kept in: `connections.json` in `CMX_CONFIG_DIR`, else `$XDG_CONFIG_HOME/cmx`, else `~/.config/cmx`.
 * Only its owner may read it.
 */
export class ConnectionsFile {
  readonly #directory: string | undefined;
  readonly #env: Environment;

  /** @param directory - Instead of where the environment says. */
  constructor(env: Environment, directory?: string) {
    this.#env = env;
    this.#directory = directory;
  }

  async path(): Promise<string> {
    const path = await import('node:path');
    const { homedir } = await import('node:os');
    const directory = this.#directory ?? this.#env['CMX_CONFIG_DIR'] ?? path.join(this.#env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'), 'cmx');
    return path.join(directory, 'connections.json');
  }

  /** All connections in it, by name. No file is no connections. @throws {InvalidArgumentError} It is not what it should be. */
  async read(): Promise<StoredConnection[]> {
    const { readFile } = await import('node:fs/promises');
    const path = await this.path();
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return [];
      throw fileError('The connections file cannot be read', path, error);
    }
    return parseConnections(text, path);
  }

  /** Adds a connection or replaces the one of that name. @throws {InvalidArgumentError} The name cannot be one. */
  async save(connection: StoredConnection): Promise<void> {
    if (!NAME.test(connection.name) || connection.name === RESERVED) {
      throw wrong(`"${connection.name}" cannot be the name of a connection: letters, digits, "-" and "_", two or more, and not "file"`);
    }
    const others = (await this.read()).filter(({ name }) => name !== connection.name);
    await this.#write([...others, connection]);
  }

  /** Whether there was one of that name. */
  async remove(name: string): Promise<boolean> {
    const all = await this.read();
    const others = all.filter((connection) => connection.name !== name);
    if (others.length === all.length) return false;
    await this.#write(others);
    return true;
  }

  /** Whether others than the owner may read the file. Always `false` where there are no such permissions. */
  async isReadableByOthers(): Promise<boolean> {
    const { stat } = await import('node:fs/promises');
    if (process.platform === 'win32') return false;
    const stats = await stat(await this.path()).catch(() => undefined);
    return stats !== undefined && (stats.mode & 0o077) !== 0;
  }

  async #write(connections: readonly StoredConnection[]): Promise<void> {
    const { mkdir, rename, rm, writeFile } = await import('node:fs/promises');
    const { default: nodePath } = await import('node:path');
    const path = await this.path();
    const temporary = `${path}.${String(process.pid)}.tmp`;
    const sorted = connections.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const content = { version: 1, connections: Object.fromEntries(sorted.map(({ name, type, settings }) => [name, { type, ...settings }])) };
    try {
      await mkdir(nodePath.dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      throw fileError('The connections file cannot be written', path, error);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

function parseConnections(text: string, path: string): StoredConnection[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw wrong(`${path} is not JSON`);
  }
  const { version, connections } = content as { version?: unknown; connections?: unknown };
  if (version !== 1 || typeof connections !== 'object' || connections === null) throw wrong(`${path} must be { "version": 1, "connections": { … } }`);
  return Object.entries(connections as Record<string, unknown>).map(([name, value]) => toConnection(name, value, path));
}

function toConnection(name: string, value: unknown, path: string): StoredConnection {
  if (typeof value !== 'object' || value === null) throw wrong(`${path}: "${name}" must be an object`);
  const { type, ...settings } = value as Record<string, unknown>;
  if (typeof type !== 'string') throw wrong(`${path}: "${name}" has no type`);
  for (const [field, setting] of Object.entries(settings)) {
    if (typeof setting !== 'string') throw wrong(`${path}: "${field}" of "${name}" must be a string`);
  }
  return { name, type, settings: settings as ConnectionSettings };
}

function wrong(reason: string): InvalidArgumentError {
  return new InvalidArgumentError(reason, { operation: 'connections' });
}

function fileError(reason: string, path: string, cause: unknown): CloudError {
  const { code } = cause as { code?: string };
  const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return new CloudError(denied ? 'permission_denied' : 'unknown', reason, { operation: 'connections', resource: { type: 'file', name: path }, vendorCode: code, cause });
}
