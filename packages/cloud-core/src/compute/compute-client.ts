import type { CallOptions } from '../models/call-options.ts';
import type { ProviderName } from '../models/provider.ts';
import type { Paged } from '../paging.ts';
import type { ComputeCapabilities } from './capabilities.ts';

/** The states an instance can be in, whatever the provider calls them. */
export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'suspended' | 'rebooting' | 'terminating' | 'terminated' | 'error' | 'unknown';

export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly state: InstanceState;
  /** The provider's own word for the state. */
  readonly vendorState: string;
  readonly instanceType: string;
  readonly imageId?: string | undefined;
  readonly zone?: string | undefined;
  readonly keyPairName?: string | undefined;
  readonly privateIpAddresses: readonly string[];
  readonly publicIpAddresses: readonly string[];
  readonly createdAt?: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** What the provider sent. */
  readonly raw: unknown;
}

export interface InstanceType {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly memoryInMiB: number;
  readonly diskInGiB?: number | undefined;
  readonly architecture?: string | undefined;
  readonly gpus?: number | undefined;
}

export interface Image {
  readonly id: string;
  readonly name: string;
  /** `ubuntu-24.04`, `debian-12`: what `imageFamily` matches, the newest image winning. */
  readonly family?: string | undefined;
  readonly architecture?: string | undefined;
  readonly minDiskInGiB?: number | undefined;
  readonly createdAt?: Date | undefined;
}

export interface KeyPair {
  readonly name: string;
  readonly fingerprint: string;
  readonly publicKey?: string | undefined;
}

/** A key pair just made by the service: the only time the private key can be had. */
export interface CreatedKeyPair extends KeyPair {
  readonly privateKey?: string | undefined;
}

export interface Zone {
  readonly name: string;
  readonly available: boolean;
}

/** An instance type by its id, or by need: the smallest that fits, the cheapest where the provider tells prices. */
export type InstanceTypeChoice = string | { readonly minVcpus?: number; readonly minMemoryInMiB?: number; readonly minGpus?: number; readonly architecture?: string };

/** An image by its id, or the newest of a family. */
export type ImageChoice = string | { readonly imageFamily: string; readonly architecture?: string };

export interface CreateInstanceInput {
  readonly name: string;
  readonly instanceType: InstanceTypeChoice;
  readonly image: ImageChoice;
  readonly zone?: string | undefined;
  readonly keyPairName?: string | undefined;
  /** Names or ids of networks, in order of the interfaces. */
  readonly networks?: readonly string[] | undefined;
  readonly securityGroups?: readonly string[] | undefined;
  /** Start-up script or cloud-init document, as it is; encoding is the client's work. */
  readonly userData?: string | undefined;
  readonly diskInGiB?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Makes a repeated call return the first instance instead of making another, where the service can. */
  readonly clientToken?: string | undefined;
}

export interface ListInstancesOptions extends CallOptions {
  state?: InstanceState | undefined;
  /** Only instances that have all of these tags. */
  tags?: Readonly<Record<string, string>> | undefined;
}

export interface WaitForInstanceOptions extends CallOptions {
  state: InstanceState;
  pollIntervalInMs?: number | undefined;
}

/** Virtual machines. Starting, stopping and the like return when the service has accepted; `waitForInstance` waits. */
export interface ComputeClient<C extends ComputeCapabilities = ComputeCapabilities> {
  readonly provider: ProviderName;
  readonly capabilities: C;

  listInstances(options?: ListInstancesOptions): Paged<Instance>;
  /** @throws {NotFoundError} No such instance. */
  getInstance(id: string, options?: CallOptions): Promise<Instance>;
  /** @throws {InvalidArgumentError} Nothing fits the need. @throws {CloudError} `quota_exceeded`. */
  createInstance(input: CreateInstanceInput, options?: CallOptions): Promise<Instance>;
  startInstance(id: string, options?: CallOptions): Promise<void>;
  stopInstance(id: string, options?: CallOptions & { force?: boolean }): Promise<void>;
  rebootInstance(id: string, options?: CallOptions & { force?: boolean }): Promise<void>;
  /** Succeeds when the instance is already gone. */
  terminateInstance(id: string, options?: CallOptions): Promise<void>;
  /** @throws {ConflictError} The instance went into an error state. @throws {TimeoutError} It did not get there in time. */
  waitForInstance(id: string, options: WaitForInstanceOptions): Promise<Instance>;

  listImages(options?: CallOptions & { owned?: boolean; family?: string }): Paged<Image>;
  listInstanceTypes(options?: CallOptions): Paged<InstanceType>;
  listKeyPairs(options?: CallOptions): Paged<KeyPair>;
  /** With `publicKey` the key is imported, otherwise the service makes one. */
  createKeyPair(name: string, options?: CallOptions & { publicKey?: string }): Promise<CreatedKeyPair>;
  deleteKeyPair(name: string, options?: CallOptions): Promise<void>;
  listZones(options?: CallOptions): Paged<Zone>;
  /** The last text of the serial console. */
  getConsoleOutput(id: string, options?: CallOptions & { maxLines?: number }): Promise<string>;
  close(): Promise<void>;
}
