import { checksumOf, type Checksums } from '../body/checksum.ts';
import { toHex, fromBase64 } from '../body/base64.ts';
import { CloudError } from '../errors/cloud-error.ts';
import { withErrorFields } from '../errors/errors.ts';
import type { ObjectMetadata, PutObjectResult } from '../storage/models.ts';
import type { UploadTarget } from './upload-target.ts';

/** What was sent, for comparison with what is there. */
export interface SentObject {
  readonly sizeInBytes: number;
  readonly checksums: Checksums | undefined;
  /** The ETag the service would make of it, where that is the usual MD5 or MD5 of MD5s. */
  etag(): Promise<string | undefined>;
}

const MD5_ETAG = /^[0-9a-f]{32}$/;

/**
 * A write failed and nobody knows whether it landed. Looks, compares, and either reports success or fails with `applied` set as far as it can be known.
 *
 * @param answered - Whether an error the service answered with settles the matter (a single put) or not (a completion, where a 5xx may follow the commit).
 */
export async function settleOutcome(target: UploadTarget, error: unknown, sent: SentObject, answered: boolean, graceInMs: number): Promise<PutObjectResult> {
  if (!CloudError.is(error) || !target.head || !isUnknown(error, answered)) throw error;
  let found: ObjectMetadata;
  try {
    found = await target.head({ abortSignal: AbortSignal.timeout(graceInMs) });
  } catch (cause) {
    throw CloudError.is(cause, 'not_found') ? withErrorFields(error, { applied: false }) : error;
  }
  if (!(await isSame(found, sent))) throw error;
  const { etag, sizeInBytes, versionId, checksums, checksumType } = found;
  return { etag, sizeInBytes, versionId, checksums, checksumType };
}

function isUnknown({ code, phase, attempts = 1, applied }: CloudError, answered: boolean): boolean {
  if (applied !== undefined || phase === 'connect' || phase === 'arguments' || phase === 'rate_limit' || phase === 'credentials') return false;
  // An earlier attempt may have landed, so that the last one found its own work in the way.
  if (attempts > 1 && (code === 'precondition_failed' || code === 'not_found' || code === 'conflict')) return true;
  const failed = code === 'timeout' || code === 'unavailable' || code === 'unknown';
  return failed && !(answered && phase === 'response');
}

/** Size alone proves nothing: a digest or the ETag must agree as well. */
async function isSame(found: ObjectMetadata, sent: SentObject): Promise<boolean> {
  if (found.sizeInBytes !== sent.sizeInBytes) return false;
  if (found.checksumType !== 'composite') {
    for (const [algorithm, digest] of Object.entries(sent.checksums ?? {})) {
      const theirs = found.checksums?.[algorithm as keyof Checksums];
      if (theirs !== undefined) return theirs === digest;
    }
  }
  return found.etag === (await sent.etag());
}

/** The MD5 of a body as ETags spell it; `undefined` where there is no MD5. */
export async function md5Etag(body: Uint8Array): Promise<string | undefined> {
  try {
    return toHex(fromBase64(await checksumOf('md5', body)));
  } catch {
    return undefined;
  }
}

/** The ETag of an upload in parts: the MD5 of the parts' MD5s, and their number. */
export async function multipartEtag(etags: readonly string[]): Promise<string | undefined> {
  if (!etags.every((etag) => MD5_ETAG.test(etag))) return undefined;
  const md5 = await md5Etag(Uint8Array.from(etags.join('').match(/../g) ?? [], (hex) => parseInt(hex, 16)));
  return md5 && `${md5}-${String(etags.length)}`;
}
