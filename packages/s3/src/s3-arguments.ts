import { InvalidArgumentError, ObjectArguments, type Call, type OptionRules, type ProviderName } from '@cmx/cloud-core';
import type { S3Dialect } from './dialects/dialect.ts';
import { encodeHeaderText } from './objects/header-text.ts';

const EMPTY_SEGMENT = /^\/|\/\//;
const UNLISTABLE = /[\0-\x1f\ufffe\uffff]/;

/** The argument checks every store has, and the keys this kind of service would turn into others. */
export class S3Arguments extends ObjectArguments {
  readonly #keys: S3Dialect['keys'];
  readonly #maxMetadataValueBytes: number | undefined;

  constructor(provider: ProviderName, { capabilities, keys, maxMetadataValueBytes }: S3Dialect) {
    super({ provider, service: 's3', capabilities });
    this.#keys = keys;
    this.#maxMetadataValueBytes = maxMetadataValueBytes;
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

  override checkOptions(call: Call, options: object, rules: OptionRules, feature: string | undefined): Call {
    super.checkOptions(call, options, rules, feature);
    this.#assertMetadataValues(options, call);
    return call;
  }

  /** A value that is not plain ASCII is longer on its way than it looks. */
  #assertMetadataValues({ metadata }: { readonly metadata?: Readonly<Record<string, string>> }, call: Call): void {
    const most = this.#maxMetadataValueBytes;
    if (most === undefined || metadata === undefined) return;
    for (const [name, value] of Object.entries(metadata)) {
      if (encodeHeaderText(value).length > most) throw new InvalidArgumentError(`The option metadata "${name}" must have at most ${String(most)} bytes when encoded here`, call);
    }
  }
}
