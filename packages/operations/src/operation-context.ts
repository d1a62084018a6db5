import { getConnection, type ConnectionOptions } from '@cmx/cloud';
import { silentLogger, systemClock, type CallOptions, type Logger, type StorageClient } from '@cmx/cloud-core';
import type { CopyProgressListener } from '@cmx/transfer';
import { findConnection } from './connections/find-connection.ts';

/** Standard input and output, where the caller has them: what the address `-` stands for. */
export interface StandardStreams {
  readonly input: AsyncIterable<Uint8Array>;
  write(chunk: Uint8Array): Promise<void>;
}

/** What a handler has at hand. Handlers print nothing: they return data. */
export interface OperationContext extends CallOptions {
  /** Opens a connection's storage, once per context: the same name gives the same client. */
  storage(connection: string): Promise<StorageClient>;
  /**
   * Opens the own client of a provider, once per context.
   *
   * @param type - Type the connection must have, which says what the client is: `coda`.
   * @param connection - Default: see `findConnection`.
   * @throws {InvalidArgumentError} It is of another type, or which one is meant is not clear.
   */
  client(type: string, connection?: string): Promise<object>;
  /** Keeps the clients open until then (or until the call is aborted) when the context is disposed of: for what this process itself serves. */
  keepOpenUntil(time: Date): void;
  /** Where connections are looked for. */
  readonly connections: ConnectionOptions;
  /** Stands in for the connection in `:bucket/key`. */
  readonly defaultConnection?: string | undefined;
  readonly logger: Logger;
  readonly onProgress?: CopyProgressListener | undefined;
  readonly streams?: StandardStreams | undefined;
}

export interface OperationContextOptions extends CallOptions {
  readonly connections?: ConnectionOptions | undefined;
  readonly defaultConnection?: string | undefined;
  readonly logger?: Logger | undefined;
  readonly onProgress?: CopyProgressListener | undefined;
  readonly streams?: StandardStreams | undefined;
}

/** A context for one or many calls. Dispose of it to close the clients it opened. */
export function createOperationContext(options: OperationContextOptions = {}): OperationContext & AsyncDisposable {
  const { logger = silentLogger, connections = {}, ...rest } = options;
  const storages = new Map<string, Promise<StorageClient>>();
  const clients = new Map<string, Promise<object>>();
  let openUntil = 0;
  return {
    ...rest,
    logger,
    connections,
    storage(name) {
      return once(storages, name, async () => (await getConnection(name, { logger, ...connections })).openStorage());
    },
    client(type, name) {
      const open = async (): Promise<object> => (await findConnection(type, name, options.defaultConnection, { logger, ...connections })).openClient();
      return once(clients, `${type} ${name ?? ''}`, open);
    },
    keepOpenUntil(time) {
      openUntil = Math.max(openUntil, time.getTime());
    },
    async [Symbol.asyncDispose]() {
      if (openUntil > Date.now()) await systemClock.sleep(openUntil - Date.now(), options.abortSignal).catch(() => undefined);
      const opened = await Promise.allSettled([...storages.values(), ...clients.values()]);
      for (const result of opened) if (result.status === 'fulfilled') await close(result.value, logger);
    },
  };
}

function once<T>(opened: Map<string, Promise<T>>, name: string, open: () => Promise<T>): Promise<T> {
  const client = opened.get(name) ?? open();
  opened.set(name, client);
  return client;
}

/** A client that cannot be closed must not hide what the call itself came to. */
async function close(client: { close?(): Promise<void> }, logger: Logger): Promise<void> {
  try {
    await client.close?.();
  } catch (error) {
    logger.warn({ error }, 'A client could not be closed');
  }
}
