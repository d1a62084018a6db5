import { InvalidArgumentError } from '../errors/errors.ts';
import type { DeleteTarget, ObjectReference, UploadedPart } from '../storage/models.ts';
import { bytes, isRecord, nameOf, positiveInteger, text } from './checks.ts';
import type { Call, ObjectArguments } from './object-arguments.ts';
import { assertArgument, type OptionRules } from './options.ts';

// Functions, so that they are loaded with the calls that need them.

/** A call that reads one object and writes another. */
export function copyArguments(check: ObjectArguments, operation: string, source: ObjectReference, target: ObjectReference, options: object, rules: OptionRules, feature?: string): Call {
  const call = check.describe(operation, isRecord(target) ? { type: 'object', name: `${target.bucket}/${target.key}` } : undefined);
  assertReference(check, source, 'source', call);
  assertReference(check, target, 'target', call);
  if (target.versionId !== undefined) throw new InvalidArgumentError('The target must not have a versionId', call);
  return check.checkOptions(call, options, rules, feature);
}

/** One part, from 1 to the service's `maxParts`. */
export function assertPart(check: ObjectArguments, partNumber: number, body: Uint8Array | undefined, call: Call): void {
  assertArgument(partNumber, 'partNumber', positiveInteger, call);
  const { maxParts, maxPartBytes } = check.capabilities.limits;
  if (partNumber > maxParts) throw new InvalidArgumentError(`The partNumber must be at most ${String(maxParts)}, not ${String(partNumber)}`, call);
  if (body === undefined) return;
  assertArgument(body, 'body', bytes, call);
  if (body.length > maxPartBytes) throw new InvalidArgumentError(`The part has ${String(body.length)} bytes; at most ${String(maxPartBytes)} are allowed`, call);
}

/** The parts of a completion: at least one, in ascending order, each once. */
export function assertParts(check: ObjectArguments, parts: readonly UploadedPart[], call: Call): void {
  if (!Array.isArray(parts) || parts.length === 0) throw new InvalidArgumentError('The parts must be an array of at least one uploaded part', call);
  let last = 0;
  for (const part of parts as readonly UploadedPart[]) {
    assertPart(check, isRecord(part) ? part.partNumber : 0, undefined, call);
    assertArgument(part.etag, `etag of part ${String(part.partNumber)}`, text, call);
    if (part.partNumber <= last) throw new InvalidArgumentError(`The parts must be in ascending order, each once: ${String(part.partNumber)} follows ${String(last)}`, call);
    last = part.partNumber;
  }
}

/** The targets of a batch deletion, each checked before the first is deleted. */
export function deleteTargets(check: ObjectArguments, targets: Iterable<DeleteTarget>, call: Call): { key: string; versionId: string | undefined }[] {
  if (typeof targets === 'string' || typeof (targets as Iterable<unknown> | null)?.[Symbol.iterator] !== 'function') {
    throw new InvalidArgumentError(`The targets must be a list of keys, not ${nameOf(targets)}`, call);
  }
  return Array.from(targets, (target) => {
    const { key, versionId }: Exclude<DeleteTarget, string> = isRecord(target) ? target : { key: target };
    check.assertKey(key, 'key', call);
    if (versionId !== undefined) check.assertVersion(versionId, call);
    return { key, versionId };
  });
}

function assertReference(check: ObjectArguments, reference: ObjectReference, name: string, call: Call): void {
  if (!isRecord(reference)) throw new InvalidArgumentError(`The ${name} must be { bucket, key }, not ${nameOf(reference)}`, call);
  check.assertBucket(reference.bucket, `${name}.bucket`, call);
  check.assertKey(reference.key, `${name}.key`, call);
  if (reference.versionId !== undefined) check.assertVersion(reference.versionId, call);
}
