import type { Logger } from './logger.ts';
import type { RetryPolicy } from './retry/retry-policy.ts';
import type { StorageClient } from './storage/storage-client.ts';
import type { Telemetry } from './telemetry.ts';

/** One setting of a connection: what a person is asked for, where the environment has it, and whether it may be shown. */
export interface ConnectionField {
  /** As it stands in the connections file: `accessKeyId`. */
  readonly name: string;
  /** What it is, for people: `Access key id`. */
  readonly label: string;
  /** One sentence more, with an example or where to find the value. */
  readonly help?: string | undefined;
  /** Without a value the connection cannot be opened. Default `false`. */
  readonly required?: boolean | undefined;
  /** Never shown; the connections file may hold `env:NAME` or `file:PATH` instead of the value. Default `false`. */
  readonly secret?: boolean | undefined;
  /** The values there are, when only some are. */
  readonly choices?: readonly string[] | undefined;
  /** Variables that hold it, the first one set wins. They make up the connection that bears the type's own name. */
  readonly environment?: readonly string[] | undefined;
}

/** Settings by field name, references resolved. Fields that were not set are absent. */
export type ConnectionSettings = Readonly<Record<string, string>>;

/** What whoever opens a connection wants of every client. */
export interface ConnectionContext {
  /** Default: the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly logger?: Logger | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly telemetry?: Telemetry | undefined;
}

/**
 * A kind of connection: what it must be told and how its clients are opened. A provider exports one and names it in its
 * package.json (`cmx.connections`); `openStorage`, `cmx configure` and `cmx connections` work from it, so a new provider needs
 * no change in either. Opening must not touch the network.
 */
export interface ConnectionType {
  /** Lower case; also the name of the connection made from the environment: `s3`, `local`, `coda`. */
  readonly type: string;
  /** For people: `A directory on this machine`. */
  readonly title: string;
  readonly fields: readonly ConnectionField[];
  /** @throws {InvalidArgumentError} A setting is wrong. */
  openStorage?(settings: ConnectionSettings, context: ConnectionContext): StorageClient | Promise<StorageClient>;
  /** The provider's own client, for what no core interface covers: its operations narrow the type. */
  openClient?(settings: ConnectionSettings, context: ConnectionContext): object | Promise<object>;
  /** One cheap call that proves the credentials, answering with whom they belong to. Default: the first bucket is listed. */
  check?(settings: ConnectionSettings, context: ConnectionContext & { readonly abortSignal?: AbortSignal | undefined }): Promise<string>;
}
