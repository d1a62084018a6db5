import { CloudError, UnsupportedOperationError, type CallOptions, type ChecksumAlgorithm, type PresignMethod, type StorageCapabilities, type StorageFeature } from '@cmx/cloud-core';
import type { S3Dialect, S3DialectName } from '../dialects/dialect.ts';
import { S3_DIALECTS } from '../dialects/dialects.ts';
import type { S3CompatibleClientOptions } from '../s3-client-options.ts';
import { S3CompatibleClient } from '../s3-compatible-client.ts';
import { describe, type Check, type Probed } from './expectations.ts';
import { FEATURE_CHECKS } from './feature-checks.ts';
import { identifyEndpoint } from './identify.ts';
import { anyDelimiter, checksumCheck, copyConditions, fullObjectCheck, KEY_CHECKS, multipartSourceEtags, nestedKeys, presignCheck, presignedPost, uploadPrefixes, versions } from './trait-checks.ts';

export interface ProbeS3Options extends Omit<S3CompatibleClientOptions, 'dialect' | 'endpoint'>, CallOptions {
  /** A bucket to work in: what the probe stores there, under `cmx-test-probe-`, it deletes again. Default: a bucket of its own. */
  readonly bucket?: string | undefined;
}

/** One thing that was tried, and what was seen. */
export interface ProbeFinding {
  /** A capability, or what of the dialect: `keys.emptySegments`, `checksums.crc32`, `presignedUrls.PUT`. */
  readonly subject: string;
  /** `undefined` when it could not be tried here: then the kind of service decides. */
  readonly works: boolean | undefined;
  /** The service's answer: `412 PreconditionFailed`, `listed as it is`. */
  readonly evidence: string;
}

export interface S3Probe {
  /** Which known kind it is, if it is one. */
  readonly name: S3DialectName;
  /** To be handed to a client. */
  readonly dialect: S3Dialect;
  readonly evidence: readonly ProbeFinding[];
}

/** Claims everything, so that nothing is refused before the service has been asked. */
const OPTIMIST: S3Dialect = { ...S3_DIALECTS.aws, name: 'generic', addressing: 'path', endpoint: undefined, uploadChecksum: undefined, batchDeleteDigest: 'md5' };
const DIGESTS = ['md5', 'crc32', 'sha256'] as const;
const PRESIGNED: readonly PresignMethod[] = ['GET', 'PUT', 'HEAD', 'DELETE'];

/** See `probeS3Endpoint`. */
export async function observe(endpoint: string, options: ProbeS3Options): Promise<S3Probe> {
  const { bucket: given, abortSignal, timeoutInMs, ...clientOptions } = options;
  const call = { abortSignal: timeoutInMs === undefined ? abortSignal : AbortSignal.any([AbortSignal.timeout(timeoutInMs), ...(abortSignal ? [abortSignal] : [])]) };
  const identity = await identifyEndpoint(endpoint, clientOptions, call);
  const base = S3_DIALECTS[identity.name ?? 'generic'];
  const open = (dialect: S3Dialect): S3CompatibleClient => new S3CompatibleClient({ ...clientOptions, endpoint, dialect, region: clientOptions.region ?? base.defaultRegion });
  const prober = new Prober(open, given ?? `cmx-test-probe-${crypto.randomUUID()}`, given === undefined, call);
  const dialect = await prober.run(base).catch(async (error: unknown) => {
    // What went wrong is the answer; that it could not be cleaned up after, as for want of keys, is told to the log.
    await prober.cleanUp().catch((failure: unknown) => clientOptions.logger?.warn({ operation: 'probe', failure }, 'What the probe made could not be deleted'));
    throw error;
  });
  await prober.cleanUp();
  return { name: base.name, dialect, evidence: [{ subject: 'name', works: identity.name !== undefined, evidence: identity.evidence }, ...prober.findings] };
}

class Prober {
  readonly findings: ProbeFinding[] = [];
  readonly #open: (dialect: S3Dialect) => S3CompatibleClient;
  readonly #bucket: string;
  readonly #ownsBucket: boolean;
  readonly #call: CallOptions;
  #client: S3CompatibleClient;
  #digest: S3Dialect['batchDeleteDigest'] = 'md5';
  #keys = 0;

  constructor(open: (dialect: S3Dialect) => S3CompatibleClient, bucket: string, ownsBucket: boolean, call: CallOptions) {
    this.#open = open;
    this.#bucket = bucket;
    this.#ownsBucket = ownsBucket;
    this.#call = call;
    this.#client = open(OPTIMIST);
  }

  async run(base: S3Dialect): Promise<S3Dialect> {
    const dialect = await this.#observe(base);
    await this.#use({ ...dialect, addressing: 'path' });
    return dialect;
  }

  async #observe(base: S3Dialect): Promise<S3Dialect> {
    if (this.#ownsBucket) await this.#client.createBucket(this.#bucket, this.#call);
    const listVersion = await this.#findListVersion();
    const batchDelete = await this.#findDigest(base);
    const features = { ...(await this.#features()), batchDelete };
    const checksums = await this.#filter('checksums', OPTIMIST.capabilities.checksums, checksumCheck, base.capabilities.checksums);
    const capabilities: StorageCapabilities = {
      ...base.capabilities,
      ...features,
      checksums,
      delimiter: (await this.#try('delimiter.any', anyDelimiter)) ? 'any' : 'slash',
      presignedUrls: await this.#filter('presignedUrls', PRESIGNED, presignCheck, base.capabilities.presignedUrls),
      presignedPost: await this.#try('presignedPost', presignedPost),
      facts: { ...base.capabilities.facts, dotSegments: await this.#try('facts.dotSegments', KEY_CHECKS.dotSegments) },
    };
    const dialect: S3Dialect = {
      ...base,
      capabilities,
      listVersion,
      batchDeleteDigest: this.#digest,
      keys: {
        emptySegments: await this.#try('keys.emptySegments', KEY_CHECKS.emptySegments),
        unlistableCharacters: await this.#try('keys.unlistableCharacters', KEY_CHECKS.unlistableCharacters),
        maxSegmentBytes: (await this.#try('keys.longSegments', KEY_CHECKS.longSegments)) ? undefined : 255,
        nested: await this.#try('keys.nested', nestedKeys),
      },
      copyConditions: await this.#try('copyConditions', copyConditions),
      multipartSourceEtags: await this.#try('multipartSourceEtags', multipartSourceEtags),
      uploadPrefixes: await this.#try('uploadPrefixes', uploadPrefixes),
      uploadChecksum: checksums.includes('crc32') ? 'crc32' : undefined,
      fullObjectChecksums: await this.#filter('fullObjectChecksums', checksums.filter((algorithm) => algorithm.startsWith('crc')), fullObjectCheck, base.fullObjectChecksums),
    };
    // Last, because from then on nothing in the bucket is deleted for good.
    return this.#ownsBucket ? { ...dialect, capabilities: { ...capabilities, versions: await this.#try('versions', versions) } } : dialect;
  }

  /** Deletes what was made. Versions may be there even where they turned out not to work. */
  async cleanUp(): Promise<void> {
    const { client, bucket } = this.#probed();
    try {
      if (!this.#ownsBucket) await client.deleteObjects(bucket, await this.#leftovers());
      else await this.#deleteVersions().catch(() => client.deleteBucket(bucket, { force: true }));
    } finally {
      await client.close();
    }
  }

  async #deleteVersions(): Promise<void> {
    const client = this.#open({ ...OPTIMIST, batchDeleteDigest: this.#digest });
    await client.deleteBucket(this.#bucket, { force: true }).finally(() => client.close());
  }

  async #leftovers(): Promise<string[]> {
    const keys: string[] = [];
    for await (const entry of this.#client.listObjects(this.#bucket, { prefix: 'cmx-test-probe-' })) if (entry.type === 'object') keys.push(entry.key);
    return keys;
  }

  async #findListVersion(): Promise<1 | 2> {
    const isSecond = await this.#try('listVersion.2', FEATURE_CHECKS.startAfter);
    if (!isSecond) await this.#use({ ...OPTIMIST, listVersion: 1 });
    return isSecond ? 2 : 1;
  }

  async #findDigest({ batchDeleteDigest }: S3Dialect): Promise<boolean> {
    for (const digest of new Set([batchDeleteDigest, ...DIGESTS])) {
      this.#digest = digest;
      await this.#use({ ...OPTIMIST, batchDeleteDigest: digest });
      if (await this.#try(`batchDeleteDigest.${digest}`, FEATURE_CHECKS.batchDelete)) return true;
    }
    return false;
  }

  async #features(): Promise<Partial<Record<StorageFeature, boolean>>> {
    const seen: Partial<Record<StorageFeature, boolean>> = {};
    for (const feature of Object.keys(FEATURE_CHECKS) as StorageFeature[]) {
      if (feature !== 'batchDelete') seen[feature] = await this.#try(feature, FEATURE_CHECKS[feature]);
    }
    return seen;
  }

  async #filter<T extends ChecksumAlgorithm | PresignMethod>(subject: string, candidates: readonly T[], check: (candidate: T) => Check, claimed: readonly T[]): Promise<T[]> {
    const working: T[] = [];
    for (const candidate of candidates) if (await this.#try(`${subject}.${candidate}`, check(candidate), claimed.includes(candidate))) working.push(candidate);
    return working;
  }

  /** @param claimed - Whether the kind of service has it, for what cannot be tried on this side: a checksum that cannot be computed. */
  async #try(subject: string, check: Check | undefined, claimed = false): Promise<boolean> {
    this.#call.abortSignal?.throwIfAborted();
    try {
      const evidence = await (check ?? notTried)(this.#probed(), `cmx-test-probe-${String(++this.#keys)}`);
      this.findings.push({ subject, works: true, evidence });
      return true;
    } catch (error) {
      const untried = CloudError.is(error, 'missing_dependency');
      this.findings.push({ subject, works: untried ? undefined : false, evidence: describe(error) });
      return untried && claimed;
    }
  }

  async #use(dialect: S3Dialect): Promise<void> {
    await this.#client.close();
    this.#client = this.#open(dialect);
  }

  #probed(): Probed & { readonly client: S3CompatibleClient } {
    return { client: this.#client, bucket: this.#bucket };
  }
}

const notTried: Check = async () => {
  throw new UnsupportedOperationError('There is no check for this');
};
