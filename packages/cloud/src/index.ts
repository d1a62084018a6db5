export { availability, type ClientAvailability } from './availability.ts';
export { connectionTypes, getConnection, listConnections, type Connection, type ConnectionOptions, type ConnectionSummary } from './connections/connection.ts';
export { ConnectionsFile, type StoredConnection } from './connections/connections-file.ts';
export { checkSettings } from './connections/resolve-settings.ts';
export { openStorage, type OpenedStorage } from './open-storage.ts';
export type { RegisteredClient, RegisteredConnectionType } from './registry.ts';
