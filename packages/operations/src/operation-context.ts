import { getConnection, type ConnectionOptions } from '@cmx/cloud';
import { silentLogger, type CallOptions, type Logger, type StorageClient } from '@cmx/cloud-core';
import type { CopyProgressListener } from '@cmx/transfer';

/** Standard input and output, where the caller has them: what the address `-` stands for. */
export interface StandardStreams {
  readonly input: AsyncIterable<Uint8Array>;
  write(chunk: Uint8Array): Promise<void>;
}

/** What a handler has at hand. Handlers print nothing: they return data. */
export interface OperationContext extends CallOptions {
  /** Opens a connection's storage, once per context: the same name gives the same client. */
  storage(connection: string): Promise<StorageClient>;
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
  const clients = new Map<string, Promise<StorageClient>>();
  return {
    ...rest,
    logger,
    connections,
    storage(name) {
      let client = clients.get(name);
      if (!client) {
        client = getConnection(name, { logger, ...connections }).then((connection) => connection.openStorage());
        clients.set(name, client);
      }
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const opened of await Promise.allSettled(clients.values())) if (opened.status === 'fulfilled') await opened.value.close();
    },
  };
}
