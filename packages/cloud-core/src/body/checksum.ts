import { MissingDependencyError, UnsupportedOperationError } from '../errors/errors.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { platformChecksum } from './checksum-factories.ts';

/** Checksum algorithms that object stores keep. */
export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256', 'md5'] as const;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Digests by algorithm, each in base64, the form the services use. */
export type Checksums = Readonly<Partial<Record<ChecksumAlgorithm, string>>>;

/** Whether a checksum is of the object's bytes, or of the checksums of its parts. The two are never compared. */
export type ChecksumType = 'full_object' | 'composite';

/** A checksum in the making. */
export interface Checksum {
  update(chunk: Uint8Array): void;
  /** The digest in base64. Call it once, last. */
  digest(): string;
}

export type ChecksumFactory = () => Checksum;

const factories = new Map<ChecksumAlgorithm, ChecksumFactory>();
/** Why a package could not be loaded: looking for it again with every call would take longer than the call. */
const missing = new Map<ChecksumAlgorithm, { readonly packageName: string; readonly cause: unknown }>();

/** Brings an implementation: for runtimes that have none, or a faster one. It is used from then on in the whole process. */
export function registerChecksum(algorithm: ChecksumAlgorithm, factory: ChecksumFactory): void {
  factories.set(algorithm, factory);
}

/** The implementation at hand: registered, the platform's, or an optional package loaded before. */
export function checksumFactory(algorithm: ChecksumAlgorithm): ChecksumFactory | undefined {
  const known = factories.get(algorithm) ?? platformChecksum(algorithm);
  if (known) factories.set(algorithm, known);
  return known;
}

/**
 * Loads an implementation: at once where one is at hand, otherwise from the optional package for it
 * (`@node-rs/crc32` for `crc32c`, `aws-crt` for `crc64nvme`). Checksums are never computed in JavaScript: that is fifty times slower.
 *
 * @throws {MissingDependencyError} Names the package.
 * @throws {UnsupportedOperationError} The runtime lacks it and no package is known to bring it.
 */
export async function loadChecksum(algorithm: ChecksumAlgorithm, where?: CloudErrorFields): Promise<ChecksumFactory> {
  const known = checksumFactory(algorithm);
  if (known) return known;
  const failed = missing.get(algorithm) ?? (await loadOptional(algorithm, where));
  if (failed) throw new MissingDependencyError(failed.packageName, { ...where, cause: failed.cause });
  return loadChecksum(algorithm, where);
}

/** Registers what an optional package brings, or notes and tells why it cannot. @throws {UnsupportedOperationError} */
async function loadOptional(algorithm: ChecksumAlgorithm, where: CloudErrorFields | undefined): Promise<{ packageName: string; cause: unknown } | undefined> {
  const { OPTIONAL_CHECKSUMS } = await import('./optional-checksums.ts');
  const optional = OPTIONAL_CHECKSUMS[algorithm];
  if (!optional) throw new UnsupportedOperationError(`This runtime has no ${algorithm}; bring one with registerChecksum`, where);
  try {
    registerChecksum(algorithm, await optional.load());
    return undefined;
  } catch (cause) {
    const failed = { packageName: optional.packageName, cause };
    missing.set(algorithm, failed);
    return failed;
  }
}

/** Begins a checksum. @throws {MissingDependencyError} */
export async function createChecksum(algorithm: ChecksumAlgorithm, where?: CloudErrorFields): Promise<Checksum> {
  return (await loadChecksum(algorithm, where))();
}

/**
 * The digest of bytes in memory, in base64. Web Crypto serves where there is nothing else.
 *
 * @throws {MissingDependencyError}
 */
export async function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array, where?: CloudErrorFields): Promise<string> {
  const subtle = algorithm === 'sha1' ? 'SHA-1' : algorithm === 'sha256' ? 'SHA-256' : undefined;
  if (subtle !== undefined && !checksumFactory(algorithm)) {
    return toBase64(new Uint8Array(await crypto.subtle.digest(subtle, bytes as Uint8Array<ArrayBuffer>)));
  }
  const checksum = await createChecksum(algorithm, where);
  checksum.update(bytes);
  return checksum.digest();
}

/**
 * The checksum of an upload in parts as services form it: the digest of the parts' digests, a hyphen, and their number.
 *
 * @param digests - Of the parts in order, base64.
 */
export async function compositeChecksum(algorithm: ChecksumAlgorithm, digests: readonly string[]): Promise<string> {
  const checksum = await createChecksum(algorithm);
  for (const digest of digests) checksum.update(fromBase64(digest));
  return `${checksum.digest()}-${String(digests.length)}`;
}
