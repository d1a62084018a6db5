// Made by tools/generate-registry.mjs from the packages of the workspace. Do not edit.
import type { RegisteredClient, RegisteredConnectionType } from '../registry.ts';

export const CLIENTS: readonly RegisteredClient[] = [
];

/** Each is imported when a connection of its type is opened, and not before. */
export const CONNECTION_TYPES: readonly RegisteredConnectionType[] = [
];
