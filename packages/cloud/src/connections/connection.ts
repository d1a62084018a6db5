import {
  CloudError,
  NotFoundError,
  UnsupportedOperationError,
  type ConnectionContext,
  type ConnectionSettings,
  type ConnectionType,
  type StorageClient,
} from '@cmx/cloud-core';
import { CONNECTION_TYPES } from '../generated/registry.ts';
import type { RegisteredConnectionType } from '../registry.ts';
import { ConnectionsFile } from './connections-file.ts';
import { checkSettings, maskSettings, missingFields, resolveReferences, settingsFromEnvironment } from './resolve-settings.ts';

export interface ConnectionOptions extends ConnectionContext {
  /** Where `connections.json` is. Default: `CMX_CONFIG_DIR`, else `$XDG_CONFIG_HOME/cmx`, else `~/.config/cmx`. */
  readonly configDirectory?: string | undefined;
  /** The kinds of connection there are, instead of those of all packages. */
  readonly types?: readonly RegisteredConnectionType[] | undefined;
}

/** A connection by name, ready to be opened. Nothing was sent yet. */
export interface Connection {
  readonly name: string;
  readonly type: string;
  /** The connections file, or the environment (and defaults) alone. */
  readonly origin: 'file' | 'environment';
  /**
   * One setting by name, references resolved; `undefined` when it is not set. Settings are given one at a time, and by a method, so
   * that no secret is printed along with the connection.
   */
  setting(name: string): string | undefined;
  /** @throws {UnsupportedOperationError} The provider stores no objects. */
  openStorage(): Promise<StorageClient>;
  /** The provider's own client. @throws {UnsupportedOperationError} It has none besides the storage client. */
  openClient(): Promise<object>;
  /** One cheap call that proves the credentials; resolves to whom they belong to, or what they reach. */
  check(abortSignal?: AbortSignal): Promise<string>;
}

/** What can be said of a connection without opening it. */
export interface ConnectionSummary {
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly origin: 'file' | 'environment';
  /** Secrets masked. */
  readonly settings: ConnectionSettings;
  /** Why it cannot be opened. */
  readonly problem?: string | undefined;
}

/** The kinds of connection there are. */
export function connectionTypes(options: Pick<ConnectionOptions, 'types'> = {}): readonly RegisteredConnectionType[] {
  return options.types ?? CONNECTION_TYPES;
}

/**
 * Finds a connection: the one of that name in the connections file, else the one a type makes of the environment.
 *
 * @throws {NotFoundError} There is none of that name. @throws {InvalidArgumentError} Its settings are wrong or incomplete.
 */
export async function getConnection(name: string, options: ConnectionOptions = {}): Promise<Connection> {
  const env = options.env ?? process.env;
  const stored = (await new ConnectionsFile(env, options.configDirectory).read()).find((candidate) => candidate.name === name);
  const registered = connectionTypes(options).find((candidate) => candidate.type === (stored?.type ?? name));
  if (!registered) throw unknownConnection(name, stored?.type, options);
  const type = await registered.load();
  const settings = stored ? await resolveReferences(name, stored.settings, env) : settingsFromEnvironment(type, env);
  checkSettings(name, type, settings);
  return new TypedConnection(name, stored ? 'file' : 'environment', type, settings, { env, logger: options.logger, retry: options.retry, telemetry: options.telemetry });
}

/** All connections: those of the file, and those that the environment makes up completely. By name. */
export async function listConnections(options: ConnectionOptions = {}): Promise<ConnectionSummary[]> {
  const env = options.env ?? process.env;
  const stored = await new ConnectionsFile(env, options.configDirectory).read();
  const types = connectionTypes(options);
  const found = await Promise.all(stored.map(({ name, type, settings }) => describeStored(name, type, settings, types)));
  for (const registered of types.filter(({ type }) => !stored.some(({ name }) => name === type))) {
    const type = await registered.load();
    const settings = settingsFromEnvironment(type, env);
    if (missingFields(type, settings).length > 0) continue;
    found.push({ name: type.type, type: type.type, title: type.title, origin: 'environment', settings: maskSettings(type, settings) });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function describeStored(name: string, typeName: string, settings: ConnectionSettings, types: readonly RegisteredConnectionType[]): Promise<ConnectionSummary> {
  const registered = types.find(({ type }) => type === typeName);
  const summary = { name, type: typeName, title: registered?.title ?? typeName, origin: 'file' } as const;
  if (!registered) return { ...summary, settings: {}, problem: `There is no connection type "${typeName}"` };
  const type = await registered.load();
  try {
    checkSettings(name, type, settings);
    return { ...summary, settings: maskSettings(type, settings) };
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    return { ...summary, settings: maskSettings(type, settings), problem: error.reason };
  }
}

class TypedConnection implements Connection {
  readonly name: string;
  readonly origin: 'file' | 'environment';
  readonly #type: ConnectionType;
  readonly #settings: ConnectionSettings;
  readonly #context: ConnectionContext;

  constructor(name: string, origin: 'file' | 'environment', type: ConnectionType, settings: ConnectionSettings, context: ConnectionContext) {
    this.name = name;
    this.origin = origin;
    this.#type = type;
    this.#settings = settings;
    this.#context = context;
  }

  get type(): string {
    return this.#type.type;
  }

  setting(name: string): string | undefined {
    return Object.hasOwn(this.#settings, name) ? this.#settings[name] : undefined;
  }

  async openStorage(): Promise<StorageClient> {
    if (!this.#type.openStorage) throw this.#unsupported(`${this.#type.title} stores no objects`);
    return this.#type.openStorage(this.#settings, this.#context);
  }

  async openClient(): Promise<object> {
    if (!this.#type.openClient) throw this.#unsupported(`${this.#type.title} has no other client than its storage client`);
    return this.#type.openClient(this.#settings, this.#context);
  }

  async check(abortSignal?: AbortSignal): Promise<string> {
    if (this.#type.check) return this.#type.check(this.#settings, { ...this.#context, abortSignal });
    if (!this.#type.openStorage) return 'opened';
    const client = await this.openStorage();
    try {
      if (!client.capabilities.listBuckets) return 'opened';
      for await (const _ of client.listBuckets({ abortSignal })) return 'buckets can be listed';
      return 'no buckets yet';
    } finally {
      await client.close();
    }
  }

  #unsupported(reason: string): UnsupportedOperationError {
    return new UnsupportedOperationError(reason, { operation: 'openConnection', resource: { type: 'connection', name: this.name } });
  }
}

function unknownConnection(name: string, type: string | undefined, options: ConnectionOptions): NotFoundError {
  const known = connectionTypes(options).map((candidate) => candidate.type);
  const reason = type === undefined ? `There is no connection of that name. Make one with: cmx configure ${name}` : `Its type "${type}" is not one of ${known.join(', ')}`;
  return new NotFoundError(reason, { operation: 'openConnection', resource: { type: 'connection', name } });
}
