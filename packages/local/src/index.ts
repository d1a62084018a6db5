export { LOCAL_STORAGE_CAPABILITIES, type LocalStorageCapabilities } from './local-capabilities.ts';
export { localConnection } from './local-connection.ts';
export { LocalStorageClient } from './local-storage-client.ts';
export type { LocalStorageClientOptions } from './local-storage-client-options.ts';
