import { createChecksum, loadChecksum, type Checksum, type ChecksumAlgorithm, type ChecksumFactory, type Checksums } from '../body/checksum.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { ChecksumMismatchError } from '../errors/errors.ts';

interface ChecksumWishes {
  /** Compute this one and send it along. */
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  /** Digests of the whole body the caller knows: the bytes must have them. */
  readonly checksums?: Checksums | undefined;
  readonly where: CloudErrorFields;
}

/** The checksums of one upload: of the whole body as it passes, and of each part. */
export class UploadChecksums {
  readonly #wishes: ChecksumWishes;
  readonly #whole: Map<ChecksumAlgorithm, Checksum>;
  readonly #ofPart: ChecksumFactory | undefined;

  /** Resolves to `undefined` when there is nothing to compute. @throws {MissingDependencyError} */
  static async begin(wishes: ChecksumWishes): Promise<UploadChecksums | undefined> {
    const { checksumAlgorithm, checksums, where } = wishes;
    if (checksumAlgorithm === undefined && checksums === undefined) return undefined;
    const whole = new Map<ChecksumAlgorithm, Checksum>();
    for (const algorithm of [...Object.keys(checksums ?? {}), checksumAlgorithm] as (ChecksumAlgorithm | undefined)[]) {
      if (algorithm !== undefined) whole.set(algorithm, await createChecksum(algorithm, where));
    }
    return new UploadChecksums(wishes, whole, checksumAlgorithm && (await loadChecksum(checksumAlgorithm, where)));
  }

  private constructor(wishes: ChecksumWishes, whole: Map<ChecksumAlgorithm, Checksum>, ofPart: ChecksumFactory | undefined) {
    this.#wishes = wishes;
    this.#whole = whole;
    this.#ofPart = ofPart;
  }

  /** Bytes of the body, in order. */
  update(bytes: Uint8Array): void {
    for (const checksum of this.#whole.values()) checksum.update(bytes);
  }

  /** What to send along with one part. */
  ofPart(bytes: Uint8Array): Checksums | undefined {
    const checksum = this.#ofPart?.();
    if (!checksum || this.#wishes.checksumAlgorithm === undefined) return undefined;
    checksum.update(bytes);
    return { [this.#wishes.checksumAlgorithm]: checksum.digest() };
  }

  /** The digests of everything that has passed, once, last. @throws {ChecksumMismatchError} The caller's digests are others. */
  finish(): Checksums {
    const digests: Checksums = Object.fromEntries([...this.#whole].map(([algorithm, checksum]) => [algorithm, checksum.digest()]));
    assertSameChecksums(this.#wishes.checksums, digests, 'The body does not have the digest that was given', this.#wishes.where);
    return digests;
  }
}

/** Compares the digests both sides have. @throws {ChecksumMismatchError} */
export function assertSameChecksums(expected: Checksums | undefined, actual: Checksums | undefined, reason: string, where: CloudErrorFields): void {
  for (const [algorithm, digest] of Object.entries(expected ?? {})) {
    const found = actual?.[algorithm as ChecksumAlgorithm];
    if (digest !== undefined && found !== undefined && found !== digest) {
      throw new ChecksumMismatchError(`${reason}: ${algorithm} is ${found}, not ${digest}`, where);
    }
  }
}
