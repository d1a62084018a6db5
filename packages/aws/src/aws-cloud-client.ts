import {
  assertArgument,
  assertOptions,
  CALL_OPTIONS,
  checks,
  CloudError,
  CloudProvider,
  NotFoundError,
  OperationRunner,
  paged,
  ResourceType,
  silentLogger,
  UnsupportedOperationError,
  type Bucket,
  type Call,
  type CallOptions,
  type CloudClient,
  type CloudResource,
  type CreateResourceInput,
  type Logger,
  type Page,
  type Paged,
  type PageRequest,
} from '@cmx/cloud-core';
import type { S3Client } from './s3/s3-client.ts';
import { record } from './s3/shapes.ts';

export interface AwsCloudClientOptions {
  /** Buckets come from here. It stays the caller's to close. */
  readonly storage: S3Client;
  /** Told of buckets whose tags may not be read. */
  readonly logger?: Logger | undefined;
}

/** What a bucket can be created with. */
interface BucketProperties {
  readonly region?: string;
  readonly objectLock?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

const { text, tags, yesOrNo } = checks;
const PROPERTIES = record({}, { region: text, objectLock: yesOrNo, tags });

/** Buckets described at once: each takes a request for its tags. */
const CONCURRENCY = 8;
const PAGE_SIZE = 100;

/**
 * What an AWS account holds, as resources: its buckets, by name, with region and tags. Tags take one request a bucket; those of a
 * bucket that the caller may list but not read stay empty, and the logger is told.
 */
export class AwsCloudClient implements CloudClient {
  readonly provider = CloudProvider.AWS;
  readonly resourceTypes: readonly ResourceType[] = [ResourceType.STORAGE];
  readonly #storage: S3Client;
  readonly #logger: Logger;
  readonly #runner = new OperationRunner({ provider: CloudProvider.AWS });

  constructor({ storage, logger = silentLogger }: AwsCloudClientOptions) {
    this.#storage = storage;
    this.#logger = logger;
  }

  listResources(type?: ResourceType, options: CallOptions = {}): Paged<CloudResource<Bucket>> {
    const call = this.#begin('listResources', type, undefined, options);
    if (type !== undefined) this.#assertType(type, call);
    return paged(({ pageToken, maxPageSize = PAGE_SIZE }) =>
      this.#within(call, options, async (callOptions) => {
        const { items, nextPageToken } = await this.#bucketsPage({ pageToken, maxPageSize }, callOptions);
        return { items: await this.#describeAll(items, callOptions), nextPageToken };
      }),
    );
  }

  /** @param id - The bucket's name. @throws {NotFoundError} The account has no bucket of that name. Lists buckets until it is found. */
  async getResource(type: ResourceType, id: string, options: CallOptions = {}): Promise<CloudResource<Bucket>> {
    const call = this.#begin('getResource', type, id, options);
    this.#assertType(type, call);
    assertArgument(id, 'id', text, call);
    return this.#within(call, options, async (callOptions) => {
      for await (const bucket of this.#storage.listBuckets(callOptions)) if (bucket.name === id) return this.#describe(bucket, callOptions);
      throw new NotFoundError('The account has no such bucket', call, 'bucket_not_found');
    });
  }

  /**
   * A bucket whose tags are refused stays, without them.
   *
   * @param input - Properties are `region`, `objectLock` and `tags`.
   */
  async createResource(input: CreateResourceInput, options: CallOptions = {}): Promise<CloudResource<Bucket>> {
    const { type, name, properties = {} } = input;
    const call = this.#begin('createResource', type, name, options);
    this.#assertType(type, call);
    assertArgument(properties, 'properties', PROPERTIES, call);
    const { region, objectLock, tags: bucketTags } = properties as BucketProperties;
    return this.#within(call, options, async (callOptions) => {
      const bucket = await this.#storage.createBucket(name, { ...callOptions, region, objectLock });
      if (bucketTags !== undefined) await this.#storage.putBucketTags(name, bucketTags, callOptions);
      return toResource(bucket, bucket.region, bucketTags ?? {});
    });
  }

  /** @throws {ConflictError} The bucket is not empty. */
  async deleteResource(type: ResourceType, id: string, options: CallOptions = {}): Promise<void> {
    this.#assertType(type, this.#begin('deleteResource', type, id, options));
    await this.#storage.deleteBucket(id, options);
  }

  /** Several requests within one deadline. Each of them repeats by itself. */
  #within<T>(call: Call, options: CallOptions, work: (options: CallOptions) => Promise<T>): Promise<T> {
    return this.#runner.run({ ...call, retry: 'never' }, options, ({ abortSignal }) => work({ abortSignal }));
  }

  async #bucketsPage(request: PageRequest, options: CallOptions): Promise<Page<Bucket>> {
    for await (const page of this.#storage.listBuckets(options).byPage(request)) return page;
    return { items: [] };
  }

  async #describeAll(buckets: readonly Bucket[], options: CallOptions): Promise<CloudResource<Bucket>[]> {
    const resources: CloudResource<Bucket>[] = [];
    for (let start = 0; start < buckets.length; start += CONCURRENCY) {
      resources.push(...(await Promise.all(buckets.slice(start, start + CONCURRENCY).map((bucket) => this.#describe(bucket, options)))));
    }
    return resources;
  }

  async #describe(bucket: Bucket, options: CallOptions): Promise<CloudResource<Bucket>> {
    const region = bucket.region ?? (await this.#unlessRefused(bucket, this.#storage.getBucketRegion(bucket.name, options)));
    return toResource(bucket, region, (await this.#unlessRefused(bucket, this.#storage.getBucketTags(bucket.name, options))) ?? {});
  }

  async #unlessRefused<T>({ name }: Bucket, answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (!CloudError.is(error, 'permission_denied')) throw error;
      this.#logger.warn({ bucket: name, operation: error.operation }, 'The bucket is listed without what may not be read of it');
      return undefined;
    }
  }

  #begin(operation: string, type: ResourceType | undefined, id: string | undefined, options: CallOptions): Call {
    const call = { provider: this.provider, operation, resource: type === undefined ? undefined : { type, name: id ?? '' } };
    assertOptions(options, CALL_OPTIONS, call);
    return call;
  }

  #assertType(type: ResourceType, call: Call): void {
    if (this.resourceTypes.includes(type)) return;
    throw new UnsupportedOperationError(`There are no resources of the type "${type}" here, only ${this.resourceTypes.join(', ')}`, call);
  }
}

function toResource(bucket: Bucket, region: string | undefined, bucketTags: Readonly<Record<string, string>>): CloudResource<Bucket> {
  const { name, createdAt } = bucket;
  return { id: name, name, type: ResourceType.STORAGE, provider: CloudProvider.AWS, region, createdAt, tags: bucketTags, raw: bucket };
}
