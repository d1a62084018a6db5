export { MEMORY_STORAGE_CAPABILITIES, type MemoryStorageCapabilities } from './memory-capabilities.ts';
export { MemoryStorageClient, type MemoryStorageClientOptions } from './memory-storage-client.ts';
