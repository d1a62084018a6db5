import type { CallOptions } from '../models/call-options.ts';
import type { ObjectReference } from '../storage/models.ts';
import type { ProviderName } from '../models/provider.ts';
import type { Paged } from '../paging.ts';
import type { Accepted } from '../poller.ts';
import type { ServerlessCapabilities } from './capabilities.ts';

export type FunctionState = 'pending' | 'active' | 'updating' | 'inactive' | 'failed' | 'unknown';

export interface CloudFunction {
  readonly name: string;
  readonly id: string;
  readonly state: FunctionState;
  readonly runtime?: string | undefined;
  /** The entry point in the provider's form: `index.handler`. */
  readonly handler?: string | undefined;
  readonly memoryInMiB?: number | undefined;
  readonly timeoutInSeconds?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly version?: string | undefined;
  readonly updatedAt?: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

/** The code of a function: a zip in hand, a zip in a bucket, or a container image. */
export type FunctionCode = { readonly zip: Uint8Array } | { readonly object: ObjectReference } | { readonly image: string };

export interface FunctionConfiguration {
  readonly handler?: string | undefined;
  readonly runtime?: string | undefined;
  readonly memoryInMiB?: number | undefined;
  readonly timeoutInSeconds?: number | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly description?: string | undefined;
  /** The identity the function runs as: a role, a service account. */
  readonly role?: string | undefined;
}

export interface CreateFunctionInput extends FunctionConfiguration {
  readonly name: string;
  readonly code: FunctionCode;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface InvokeFunctionOptions extends CallOptions {
  /** `async` returns when the service has taken the payload. Default `sync`. */
  mode?: 'sync' | 'async' | undefined;
  version?: string | undefined;
}

export interface InvocationResult {
  readonly status: number;
  /** Empty for an asynchronous invocation. */
  readonly payload: Uint8Array;
  /** What the function itself threw: the invocation worked, the function did not. */
  readonly functionError?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface LogEntry {
  readonly timestamp: Date;
  readonly message: string;
  readonly requestId?: string | undefined;
}

export interface FunctionVersion {
  readonly version: string;
  readonly createdAt?: Date | undefined;
}

/** Functions. Writes wait until the function can take the next write; an invocation is never repeated by itself. */
export interface ServerlessClient<C extends ServerlessCapabilities = ServerlessCapabilities> {
  readonly provider: ProviderName;
  readonly capabilities: C;

  listFunctions(options?: CallOptions): Paged<CloudFunction>;
  getFunction(name: string, options?: CallOptions): Promise<CloudFunction>;
  createFunction(input: CreateFunctionInput, options?: CallOptions): Promise<Accepted<CloudFunction>>;
  updateFunctionCode(name: string, code: FunctionCode, options?: CallOptions): Promise<Accepted<CloudFunction>>;
  updateFunctionConfig(name: string, configuration: FunctionConfiguration, options?: CallOptions): Promise<Accepted<CloudFunction>>;
  /** Succeeds when the function is already gone. */
  deleteFunction(name: string, options?: CallOptions): Promise<void>;
  /** @throws {TimeoutError} No answer in time; the function may still be running. */
  invokeFunction(name: string, payload: Uint8Array | string, options?: InvokeFunctionOptions): Promise<InvocationResult>;
  getFunctionUrl(name: string, options?: CallOptions): Promise<string>;
  listFunctionVersions(name: string, options?: CallOptions): Paged<FunctionVersion>;
  publishFunctionVersion(name: string, options?: CallOptions & { description?: string }): Promise<FunctionVersion>;
  readLogs(name: string, options?: CallOptions & { since?: Date; until?: Date; follow?: boolean }): AsyncIterable<LogEntry>;
  close(): Promise<void>;
}
