import type { Clock, RetryPolicy, StorageCapabilities, StorageClient } from '@cmx/cloud-core';
import type { ContractOptions } from '../suite/contract-options.ts';
import type { StorageWire } from './wire.ts';

/** What a client gets that is opened to meet faults. */
export interface WireClientOptions {
  readonly retry: RetryPolicy;
  /** Milliseconds until the client's own timers fire. */
  readonly timeouts: { readonly connectInMs: number; readonly firstByteInMs: number; readonly idleInMs: number };
  /** Where retries sleep and signatures take their time from. */
  readonly clock: Clock;
  /**
   * Set when the credentials will be refused in mid-run: the client must then ask for others. Called at each such request; the
   * harness answers it with credentials that differ from the earlier ones (another session token, another bearer).
   */
  readonly onRenewal?: (() => void) | undefined;
}

/** How clients of a service on the wire are opened. */
export interface WireHarness {
  /** `http://host:port` of the server: the fault proxy is put before it. */
  readonly target: string;
  /** Opens a client that sends its requests to `endpoint` instead. The suite closes it. */
  open(endpoint: string, options: WireClientOptions): Promise<StorageClient>;
}

/** An opened client and what surrounds it. */
export interface StorageHarness {
  readonly client: StorageClient;
  /** A bucket that exists. The suite deletes what it puts there. */
  readonly bucket: string;
  /** A bucket that does not exist. Default: a random name. */
  readonly missingBucket?: string | undefined;
  /** Required when the contract has a `wire`. */
  readonly http?: WireHarness | undefined;
  close(): Promise<void>;
}

/** Reads an object's text through the client's native hatch, past our own code. */
export type NativeRead = (client: StorageClient, bucket: string, key: string) => Promise<string>;

/** What `describeStorageContract` takes. */
export interface StorageContractOptions extends ContractOptions<StorageHarness> {
  /** The client's own table: the cases are selected by it, and it is checked against what they observe. */
  readonly capabilities: StorageCapabilities;
  /** How the service speaks: turns the fault cases on. Left out for clients that speak no HTTP. */
  readonly wire?: StorageWire | undefined;
  /** Whether the harness can give a client other credentials when its own are refused. Default: with a `wire`, it can. */
  readonly renewal?: boolean | undefined;
  /** Whether the store keeps its bytes in another process, so that the memory of this one can be measured. Default `false`. */
  readonly ownMemory?: boolean | undefined;
  /** Left out where the client has no native hatch. */
  readonly nativeRead?: NativeRead | undefined;
  /** A storage class the service has, for clients that can choose one. Default `STANDARD`. */
  readonly storageClass?: string | undefined;
  /** Rounds of the cases that look for leaks. Default 1,000. */
  readonly hygieneRounds?: number | undefined;
}
