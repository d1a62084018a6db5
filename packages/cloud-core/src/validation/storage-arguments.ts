import type { DeleteTarget, ObjectReference, UploadedPart } from '../storage/models.ts';
import { ObjectArguments, type Call } from './object-arguments.ts';
import type { OptionRules } from './options.ts';
import { assertPart, assertParts, copyArguments, deleteTargets } from './rare-arguments.ts';

/** The argument checks of every call of a `StorageClient`. */
export class StorageArguments extends ObjectArguments {
  /** A call that reads one object and writes another. */
  copy(operation: string, source: ObjectReference, target: ObjectReference, options: object, rules: OptionRules, feature?: string): Call {
    return copyArguments(this, operation, source, target, options, rules, feature);
  }

  /** One part, from 1 to the service's `maxParts`. */
  assertPart(partNumber: number, body: Uint8Array | undefined, call: Call): void {
    assertPart(this, partNumber, body, call);
  }

  /** The parts of a completion: at least one, in ascending order, each once. */
  assertParts(parts: readonly UploadedPart[], call: Call): void {
    assertParts(this, parts, call);
  }

  /** The targets of a batch deletion, each checked before the first is deleted. */
  targets(targets: Iterable<DeleteTarget>, call: Call): { key: string; versionId: string | undefined }[] {
    return deleteTargets(this, targets, call);
  }
}

/** Whether every store takes this name for a bucket: 3 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit. */
export function isPortableBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name);
}
