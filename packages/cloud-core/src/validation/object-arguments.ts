import type { ErrorResource } from '../errors/cloud-error.ts';
import { InvalidArgumentError, UnsupportedOperationError } from '../errors/errors.ts';
import type { ProviderName } from '../models/provider.ts';
import type { PageRequest } from '../paging.ts';
import type { StorageCapabilities } from '../storage/capabilities.ts';
import { nameOf, positiveInteger, text, utf8Length } from './checks.ts';
import { assertArgument, assertOptions, assertSupported, type OptionRules } from './options.ts';

/** A call as errors and the operation runner name it. */
export interface Call {
  readonly provider: ProviderName;
  readonly service?: string | undefined;
  readonly operation: string;
  readonly resource: ErrorResource | undefined;
}

/** Options whose values are bounded by the capability table. Read after their kinds were checked. */
interface BoundedOptions {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly checksumAlgorithm?: string | undefined;
  readonly checksums?: Readonly<Record<string, string>> | undefined;
  readonly sizeInBytes?: number | undefined;
  readonly partSizeInBytes?: number | undefined;
  readonly range?: object | undefined;
  readonly delimiter?: string | undefined;
  readonly method?: string | undefined;
  readonly expiresInSeconds?: number | undefined;
}

const DOT_SEGMENT = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * The argument checks of the usual calls of a `StorageClient`, the same for every provider: kinds, unknown options, capabilities and
 * the limits of its table. Those of copies, parts and batches, which few programs need, are functions of their own; `StorageArguments` has them all.
 * What only the service can know (which names it takes, which classes it has) is left to the service.
 * Every method returns the call's description for the `OperationRunner`, or throws before any I/O.
 */
export class ObjectArguments {
  readonly #provider: ProviderName;
  readonly #service: string | undefined;
  readonly capabilities: StorageCapabilities;

  constructor(options: { provider: ProviderName; service?: string | undefined; capabilities: StorageCapabilities }) {
    this.#provider = options.provider;
    this.#service = options.service;
    this.capabilities = options.capabilities;
  }

  /** A call about no bucket: `listBuckets`. */
  service(operation: string, options: object, rules: OptionRules, feature?: string): Call {
    return this.checkOptions(this.describe(operation, undefined), options, rules, feature);
  }

  /** A call about a bucket. `feature` is the capability the whole method needs. */
  bucket(operation: string, bucket: string, options: object, rules: OptionRules, feature?: string): Call {
    const call = this.describe(operation, typeof bucket === 'string' ? { type: 'bucket', name: bucket } : undefined);
    this.assertBucket(bucket, 'bucket', call);
    return this.checkOptions(call, options, rules, feature);
  }

  /** A call about an object. */
  object(operation: string, bucket: string, key: string, options: object, rules: OptionRules, feature?: string): Call {
    const known = typeof bucket === 'string' && typeof key === 'string';
    const call = this.describe(operation, known ? { type: 'object', name: `${bucket}/${key}` } : undefined);
    this.assertBucket(bucket, 'bucket', call);
    this.assertKey(key, 'key', call);
    return this.checkOptions(call, options, rules, feature);
  }

  /** A call about one upload in parts. */
  upload(operation: string, bucket: string, key: string, uploadId: string, options: object, rules: OptionRules): Call {
    const call = this.object(operation, bucket, key, options, rules, 'multipart');
    assertArgument(uploadId, 'uploadId', text, call);
    return call;
  }

  /** Where a page begins and how long it may be. */
  assertPage({ pageToken, maxPageSize }: PageRequest, call: Call): void {
    if (pageToken !== undefined) assertArgument(pageToken, 'pageToken', text, call);
    if (maxPageSize !== undefined) assertArgument(maxPageSize, 'maxPageSize', positiveInteger, call);
  }

  /** A key for a URL others will fetch: dot segments would be taken out on the way, so another object would be meant. */
  assertPresignable(key: string, call: Call): void {
    if (DOT_SEGMENT.test(key)) throw new InvalidArgumentError('A key with "." or ".." segments cannot be presigned: URL parsers remove them', call);
  }

  /** A key is opaque text: not empty, UTF-8, no NUL, as long as the service allows, dot segments where it keeps them. */
  assertKey(key: string, name: string, call: Call): void {
    if (typeof key !== 'string' || key === '') throw new InvalidArgumentError(`The ${name} must be a string that is not empty, not ${nameOf(key)}`, call);
    const { limits, facts } = this.capabilities;
    if (/\p{Surrogate}/u.test(key)) throw new InvalidArgumentError(`The ${name} is not well-formed Unicode`, call);
    if (key.includes('\0')) throw new InvalidArgumentError(`The ${name} must not contain a NUL character`, call);
    if (key.length * 3 > limits.maxKeyBytes && utf8Length(key) > limits.maxKeyBytes) {
      throw new InvalidArgumentError(`The ${name} has ${String(utf8Length(key))} bytes in UTF-8; at most ${String(limits.maxKeyBytes)} are allowed`, call);
    }
    if (!facts.dotSegments && DOT_SEGMENT.test(key)) throw new InvalidArgumentError(`The ${name} must not have "." or ".." segments here`, call);
  }

  /** A bucket's name: text that is one segment of a path. */
  assertBucket(bucket: string, name: string, call: Call): void {
    assertArgument(bucket, name, text, call);
    if (bucket.includes('/') || bucket === '.' || bucket === '..') throw new InvalidArgumentError(`The ${name} must not contain "/" nor be "." or ".."`, call);
    if (bucket.length > 255) throw new InvalidArgumentError(`The ${name} must have at most 255 characters`, call);
  }

  /** A version, where the service has any. */
  assertVersion(versionId: string, call: Call): void {
    assertSupported(this.capabilities, 'versions', call, 'versionId');
    assertArgument(versionId, 'versionId', text, call);
  }

  /** What the call is called in errors. */
  describe(operation: string, resource: ErrorResource | undefined): Call {
    return { provider: this.#provider, service: this.#service, operation, resource };
  }

  /** Checks the options of a call, and whether the service can do it at all. `feature` is the capability the whole method needs. */
  checkOptions(call: Call, options: object, rules: OptionRules, feature: string | undefined): Call {
    if (feature !== undefined) assertSupported(this.capabilities, feature, call);
    assertOptions(options, rules, call, this.capabilities);
    this.#assertBounds(options, call);
    return call;
  }

  #assertBounds(options: BoundedOptions, call: Call): void {
    const { limits, checksums, suffixRanges, delimiter } = this.capabilities;
    if (options.metadata !== undefined) this.#assertMetadataSize(options.metadata, call);
    if (options.tags !== undefined) this.assertTagCount(options.tags, call);
    if (options.checksumAlgorithm !== undefined) assertWord(checksums, options.checksumAlgorithm, 'checksums', call);
    for (const algorithm in options.checksums) assertWord(checksums, algorithm, 'checksums', call);
    if (options.method !== undefined) assertWord(this.capabilities.presignedUrls, options.method, 'presignedUrls', call);
    if (options.sizeInBytes !== undefined) assertAtMost(options.sizeInBytes, limits.maxObjectBytes, 'sizeInBytes', call);
    if (options.expiresInSeconds !== undefined) assertAtMost(options.expiresInSeconds, limits.maxPresignSeconds, 'expiresInSeconds', call);
    if (options.partSizeInBytes !== undefined) assertAtMost(options.partSizeInBytes, limits.maxPartBytes, 'partSizeInBytes', call);
    if (options.partSizeInBytes !== undefined && options.partSizeInBytes < limits.minPartBytes && this.capabilities.multipart) {
      throw new InvalidArgumentError(`The option partSizeInBytes must be at least ${String(limits.minPartBytes)}`, call);
    }
    if (options.range !== undefined && !suffixRanges && 'suffix' in options.range) assertSupported({ suffixRanges }, 'suffixRanges', call, 'range.suffix');
    if (options.delimiter !== undefined && delimiter === 'slash' && options.delimiter !== '/') {
      throw new UnsupportedOperationError(`Not supported here: the only delimiter is "/", not ${nameOf(options.delimiter)}`, call);
    }
  }

  /** Tags beyond the service's number are refused. */
  assertTagCount(tags: Readonly<Record<string, string>>, call: Call): void {
    assertAtMost(Object.keys(tags).length, this.capabilities.limits.maxTags, 'number of tags', call);
  }

  #assertMetadataSize(metadata: Readonly<Record<string, string>>, call: Call): void {
    let size = 0;
    for (const [name, value] of Object.entries(metadata)) size += name.length + utf8Length(value);
    assertAtMost(size, this.capabilities.limits.maxMetadataBytes, 'size of the metadata', call);
  }
}

function assertAtMost(value: number, most: number, name: string, call: Call): void {
  if (value > most) throw new InvalidArgumentError(`The ${name} must be at most ${String(most)}, not ${String(value)}`, call);
}

function assertWord(words: readonly string[], word: string, capability: string, call: Call): void {
  if (words.includes(word)) return;
  throw new UnsupportedOperationError(`Not supported here: ${nameOf(word)} is not among capabilities.${capability} (${words.join(', ') || 'none'})`, call);
}
