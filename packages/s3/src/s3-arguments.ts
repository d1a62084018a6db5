import { InvalidArgumentError, StorageArguments, type Call, type ProviderName } from '@cmx/cloud-core';
import type { S3Dialect } from './dialects/dialect.ts';

const EMPTY_SEGMENT = /^\/|\/\//;
const UNLISTABLE = /[\0-\x1f\ufffe\uffff]/;

/** The argument checks every store has, and the keys this kind of service would turn into others. */
export class S3Arguments extends StorageArguments {
  readonly #keys: S3Dialect['keys'];

  constructor(provider: ProviderName, { capabilities, keys }: S3Dialect) {
    super({ provider, service: 's3', capabilities });
    this.#keys = keys;
  }

  override assertKey(key: string, name: string, call: Call): void {
    super.assertKey(key, name, call);
    const { emptySegments, unlistableCharacters, maxSegmentBytes } = this.#keys;
    if (!emptySegments && EMPTY_SEGMENT.test(key)) throw new InvalidArgumentError(`The ${name} must not begin with "/" nor have "//" in it here`, call);
    if (!unlistableCharacters && UNLISTABLE.test(key)) throw new InvalidArgumentError(`The ${name} must not have control characters here`, call);
    if (maxSegmentBytes !== undefined && key.length * 3 > maxSegmentBytes && key.split('/').some((segment) => new TextEncoder().encode(segment).length > maxSegmentBytes)) {
      throw new InvalidArgumentError(`The parts of the ${name} between slashes must have at most ${String(maxSegmentBytes)} bytes in UTF-8 here`, call);
    }
  }
}
