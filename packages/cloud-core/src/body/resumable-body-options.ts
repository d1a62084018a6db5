import type { Clock } from '../clock.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import type { RetryBudget, RetryPolicy } from '../retry/retry-policy.ts';
import type { ProgressListener } from '../storage/models.ts';
import type { Telemetry } from '../telemetry.ts';
import type { BodyAnswer } from './answer-reader.ts';
import type { Checksums } from './checksum.ts';

/** A slice of an object, both ends inclusive. */
export interface BodyRange {
  readonly start: number;
  readonly end?: number | undefined;
}

export interface ResumableBodyOptions {
  /** Provider, operation and resource for errors. */
  readonly where: CloudErrorFields;
  /** The bytes, when they are at hand; otherwise the service's answer, open. */
  readonly body: Uint8Array | BodyAnswer;
  /** Bytes to be delivered; `undefined` when the service does not tell. */
  readonly sizeInBytes: number | undefined;
  /** Where in the object the body begins. Default 0. */
  readonly startInBytes?: number | undefined;
  /** The state of the object being read. Without it nothing is resumed: the rest could be another object's. */
  readonly etag?: string | undefined;
  /** Asks for the rest with `Range` and `If-Match`. Its answer's `range` and `etag` are checked here. */
  readonly reopen?: ((range: BodyRange, options: { readonly ifMatch: string; readonly abortSignal: AbortSignal | undefined }) => Promise<BodyAnswer>) | undefined;
  /** Digests the whole body must have; one that can be computed here is checked. */
  readonly checksums?: Checksums | undefined;
  /** `true`: fail when none of the digests can be computed here. */
  readonly mustVerify?: boolean | undefined;
  /** Stops the reading too, not only the call that opened the body. */
  readonly abortSignal?: AbortSignal | undefined;
  /** What is left of the call's own deadline. */
  readonly timeoutInMs?: number | undefined;
  /** Milliseconds between two chunks that somebody waits for; also how long a reader may pause before the connection is given back. Default 30,000. */
  readonly idleTimeoutInMs?: number | undefined;
  /** Milliseconds an answer that nobody reads keeps its connection. Default 2,000. */
  readonly parkAfterInMs?: number | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly retryBudget?: RetryBudget | undefined;
  readonly clock?: Clock | undefined;
}
