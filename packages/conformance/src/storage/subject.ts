import { InvalidArgumentError } from '@cmx/cloud-core';
import type { MultipartUpload, PutObjectOptions, StorageCapabilities, StorageClient } from '@cmx/cloud-core';
import { createSkippingClock } from '../clock.ts';
import type { FakeClock, SkippingClock } from '../clock.ts';
import { startFaultProxy } from '../fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../fault-proxy/fault-proxy.ts';
import type { Fault, FaultRule } from '../fault-proxy/faults.ts';
import { createPrng } from '../prng.ts';
import type { Prng } from '../prng.ts';
import { collect } from '../suite/assertions.ts';
import type { StorageContractOptions, StorageHarness, WireClientOptions, WireHarness } from './harness.ts';
import type { StorageRequestKind, StorageWire } from './wire.ts';

/** A client behind the fault proxy. */
export interface FaultySetup {
  readonly client: StorageClient;
  readonly proxy: FaultProxy;
  /** Milliseconds the client slept between attempts, so far. */
  readonly sleeps: readonly number[];
}

/** How the client behind the proxy is opened: with generous timers, quick retries and a clock that skips sleeps, unless told otherwise. */
export type FaultyOptions = Partial<Omit<WireClientOptions, 'clock'>> & { readonly clock?: SkippingClock | FakeClock };

/** Small enough for tests, large enough for a service. */
const PART_BYTES = 16 * 1024;

/** What one case works with: the client, a prefix of its own, and everything cleaned up behind it. */
export class StorageSubject implements AsyncDisposable {
  readonly client: StorageClient;
  readonly bucket: string;
  readonly missingBucket: string;
  readonly capabilities: StorageCapabilities;
  /** Begins every key of this case; ends with `/`. */
  readonly prefix: string;
  readonly prng: Prng = createPrng(1);
  /** The smallest part the service takes, but at least 16 KiB. */
  readonly partSizeInBytes: number;
  readonly rounds: number;
  readonly storageClass: string;
  readonly nativeRead: StorageContractOptions['nativeRead'];
  readonly #open: () => Promise<StorageHarness>;
  readonly #harness: StorageHarness;
  readonly #wire: StorageWire | undefined;
  readonly #cleanups: (() => Promise<unknown>)[] = [];

  constructor(harness: StorageHarness, options: StorageContractOptions, name: string) {
    this.#open = options.open;
    this.#harness = harness;
    this.#wire = options.wire;
    this.client = harness.client;
    this.bucket = harness.bucket;
    this.missingBucket = harness.missingBucket ?? `cmx-test-missing-${name}`;
    this.capabilities = options.capabilities;
    this.prefix = `cmx-test-${name}/`;
    this.partSizeInBytes = Math.max(options.capabilities.limits.minPartBytes, PART_BYTES);
    this.rounds = options.hygieneRounds ?? 1000;
    this.storageClass = options.storageClass ?? 'STANDARD';
    this.nativeRead = options.nativeRead;
  }

  /** Whether the case may look at the wire. */
  get speaksHttp(): boolean {
    return this.#wire !== undefined;
  }

  /** How the service speaks; only for cases that need `wire`. */
  get wire(): StorageWire {
    if (this.#wire) return this.#wire;
    throw new InvalidArgumentError('The case looks at the wire, but the contract was described without one');
  }

  /** A key of this case. */
  key(name = 'object'): string {
    return this.prefix + name;
  }

  /** Stores an object and returns its key. */
  async put(name: string, body: string | Uint8Array = 'content', options: PutObjectOptions = {}): Promise<string> {
    await this.client.putObject(this.bucket, this.key(name), body, options);
    return this.key(name);
  }

  /** Keys under this case's prefix, in list order. */
  async listKeys(prefix: string = this.prefix): Promise<string[]> {
    const keys: string[] = [];
    for await (const entry of this.client.listObjects(this.bucket, { prefix })) {
      if (entry.type === 'object') keys.push(entry.key);
    }
    return keys;
  }

  /** Unfinished multipart uploads of this case. */
  async listUploads(): Promise<MultipartUpload[]> {
    return collect(this.client.listMultipartUploads(this.bucket, { prefix: this.prefix }));
  }

  /** Does this when the case has ended, latest first. */
  defer(cleanup: () => Promise<unknown>): void {
    this.#cleanups.push(cleanup);
  }

  /** A bucket of its own for this case, gone with it. */
  async createBucket(suffix = 'own'): Promise<string> {
    const bucket = `${this.prefix.slice(0, -1)}-${suffix}`;
    await this.client.createBucket(bucket);
    this.defer(() => this.client.deleteBucket(bucket, { force: true }));
    return bucket;
  }

  /** Another client like the contract's: on the wire of the same store, in process of one of its own. */
  async openAnother(): Promise<StorageClient> {
    if (this.#wire) return (await this.faulty()).client;
    const another = await this.#open();
    this.defer(() => another.close());
    return another.client;
  }

  /** A second client of the same store, behind the fault proxy. */
  async faulty({ clock = createSkippingClock(), ...options }: FaultyOptions = {}): Promise<FaultySetup> {
    const proxy = await startFaultProxy({ target: this.#http.target });
    this.defer(() => proxy.close());
    const client = await this.openAt(proxy.url, { clock, ...options });
    return { client, proxy, sleeps: clock.sleeps };
  }

  /** A client that sends its requests to some place. */
  async openAt(endpoint: string, { retry = QUICK_RETRY, timeouts = GENEROUS, clock = createSkippingClock(), onRenewal }: FaultyOptions = {}): Promise<StorageClient> {
    const client = await this.#http.open(endpoint, { retry, timeouts, clock, onRenewal });
    this.defer(() => client.close());
    return client;
  }

  get #http(): WireHarness {
    const { http } = this.#harness;
    if (http) return http;
    throw new InvalidArgumentError('The contract was described with a wire, but the harness has no http to open clients by');
  }

  /** A rule that aims a fault at one kind of request. */
  rule(kind: StorageRequestKind, fault: Fault, more: Omit<FaultRule, 'fault' | 'method' | 'path'> = {}): FaultRule {
    const pattern = this.wire.requests[kind];
    if (!pattern) throw new InvalidArgumentError(`The wire has no request "${kind}"`);
    return { fault, ...pattern, ...more };
  }

  /** Undoes what the case did, then deletes what is left under its prefix. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const cleanup of this.#cleanups.toReversed()) await cleanup();
    if (this.capabilities.multipart) {
      for (const { key, uploadId } of await this.listUploads()) await this.client.abortMultipartUpload(this.bucket, key, uploadId);
    }
    const keys = await this.listKeys();
    if (keys.length > 0) await this.client.deleteObjects(this.bucket, keys);
  }
}

/** The retry policy of clients that meet faults: as patient as the default, but with short pauses. */
export const QUICK_RETRY = { maxAttempts: 4, maxTotalTimeInMs: 120_000, initialDelayInMs: 2, maxDelayInMs: 20, maxRetryAfterInMs: 60_000 };

const GENEROUS = { connectInMs: 10_000, firstByteInMs: 10_000, idleInMs: 10_000 };
