import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { ChecksumMismatchError } from '../errors/errors.ts';
import { checksumFactory, loadChecksum, type Checksum, type ChecksumAlgorithm, type Checksums } from './checksum.ts';

/** Holds arriving bytes against one of the digests the service keeps of them. */
export class ChecksumCheck {
  readonly #algorithm: ChecksumAlgorithm;
  readonly #expected: string;
  readonly #checksum: Checksum;
  readonly #where: CloudErrorFields;

  /**
   * Begins with an algorithm that can be computed here, preferably without loading anything.
   *
   * @param must - Fail when there are digests and none can be computed, instead of resolving to `undefined`.
   * @throws {MissingDependencyError}
   */
  static async begin(checksums: Checksums, must: boolean, where: CloudErrorFields): Promise<ChecksumCheck | undefined> {
    const known = Object.entries(checksums) as [ChecksumAlgorithm, string][];
    const ready = known.find(([algorithm]) => checksumFactory(algorithm));
    if (ready) return new ChecksumCheck(ready[0], ready[1], where);
    let missing: Error | undefined;
    for (const [algorithm, expected] of known) {
      try {
        await loadChecksum(algorithm, where);
        return new ChecksumCheck(algorithm, expected, where);
      } catch (error) {
        missing = error as Error;
      }
    }
    if (must && missing) throw missing;
    return undefined;
  }

  private constructor(algorithm: ChecksumAlgorithm, expected: string, where: CloudErrorFields) {
    this.#algorithm = algorithm;
    this.#expected = expected;
    this.#checksum = (checksumFactory(algorithm) as () => Checksum)();
    this.#where = where;
  }

  update(bytes: Uint8Array): void {
    this.#checksum.update(bytes);
  }

  /** @throws {ChecksumMismatchError} */
  finish(): void {
    const digest = this.#checksum.digest();
    if (digest === this.#expected) return;
    throw new ChecksumMismatchError(`The bytes that arrived are not those that were stored: ${this.#algorithm} is ${digest}, not ${this.#expected}`, this.#where);
  }
}
