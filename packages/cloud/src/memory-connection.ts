import type { ConnectionType, StorageClient } from '@cmx/cloud-core';
import type { RegisteredConnectionType } from './registry.ts';

let store: StorageClient | undefined;

/** `memory:`, one store for the whole process: for tests and trials. It forgets everything at the end. */
const memoryConnection: ConnectionType = {
  type: 'memory',
  title: 'Memory of this process',
  fields: [],
  async openStorage() {
    const { MemoryStorageClient } = await import('@cmx/cloud-core/memory');
    store ??= new MemoryStorageClient();
    return store;
  },
};

export const MEMORY_CONNECTION: RegisteredConnectionType = {
  type: 'memory',
  title: memoryConnection.title,
  packageName: '@cmx/cloud-core',
  hidden: true,
  load: async () => memoryConnection,
};
