import { CloudError, type CallOptions } from '@cmx/cloud-core';
import { toListedUploads, uploadsQuery, type ListedUpload } from '../listings/upload-listing.ts';
import type { S3Context } from '../s3-context.ts';
import { childrenNamed } from '../xml/xml-access.ts';
import { dropUpload, type PartTarget } from './drop-upload.ts';

/** Milliseconds to look for lost uploads in. The call's own time may be over when that begins. */
const GRACE_IN_MS = 10_000;

/**
 * Uploads that attempts of one call may have begun without an answer. Nothing in S3 marks an upload as one's own, so one is taken
 * for lost when everything that is known says so: it is of this very key, has no part, was begun since the call began (by the
 * server's own clock, to the second) and by the same principal as the upload that is used, and there are not more of them than answers were lost.
 * Where more are found, somebody else is writing the same key at the same moment: then none is touched, and the log says which they are.
 */
export class LostUploads {
  readonly #context: S3Context;
  readonly #target: PartTarget;
  readonly #startedAt = performance.now();
  #count = 0;

  constructor(context: S3Context, target: PartTarget) {
    this.#context = context;
    this.#target = target;
  }

  /** Notes whether the attempt may have begun an upload although it failed. */
  async watch(attempt: Promise<string>): Promise<string> {
    try {
      return await attempt;
    } catch (error) {
      if (!isRefusal(error)) this.#count += 1;
      throw error;
    }
  }

  /**
   * Aborts what was lost. Never throws: what cannot be removed is told to the log.
   *
   * @param usedId - The upload that is used.
   */
  async abort(usedId?: string): Promise<void> {
    if (this.#count === 0) return;
    const options = { abortSignal: AbortSignal.timeout(GRACE_IN_MS) };
    try {
      const lost = await this.#find(usedId, options);
      if (lost.length > this.#count) this.#warn({ uploadIds: lost.map(({ uploadId }) => uploadId) }, 'An upload begun without an answer cannot be told from those of others: it may stay on the server');
      else for (const { uploadId } of lost) await dropUpload(this.#context, this.#target, uploadId, options);
    } catch (failure) {
      this.#warn({ failure }, 'Uploads begun without an answer could not be looked for: they may stay on the server');
    }
  }

  async #find(usedId: string | undefined, options: CallOptions): Promise<ListedUpload[]> {
    const { uploads, serverTime } = await this.#list(options);
    // The server's clock, not this one's; both it and the times in the list may be cut to seconds.
    const since = Math.floor((serverTime - (performance.now() - this.#startedAt)) / 1000) * 1000;
    const used = uploads.find(({ uploadId }) => uploadId === usedId);
    const candidates = uploads.filter(
      ({ uploadId, startedAt, initiator }) => uploadId !== usedId && startedAt !== undefined && startedAt.getTime() >= since && (used === undefined || initiator === used.initiator),
    );
    const withoutParts = await Promise.all(candidates.map(async (upload) => ((await this.#hasParts(upload, options)) ? [] : [upload])));
    return withoutParts.flat();
  }

  /** The key's uploads. Lists are in the order of keys, so that those of longer keys with the same beginning come later. */
  async #list(options: CallOptions): Promise<{ uploads: ListedUpload[]; serverTime: number }> {
    const { call, bucket, key } = this.#target;
    const uploads: ListedUpload[] = [];
    let pageToken: string | undefined;
    for (;;) {
      const { document, response } = await this.#context.connection.sendForXml({ call, method: 'GET', bucket, query: uploadsQuery(key, { pageToken }) }, 'ListMultipartUploadsResult', options);
      const page = toListedUploads(document);
      uploads.push(...page.items.filter((upload) => upload.key === key));
      pageToken = page.nextPageToken;
      if (pageToken === undefined || page.items.at(-1)?.key !== key) return { uploads, serverTime: Date.parse(response.headers.get('date') ?? '') };
    }
  }

  async #hasParts({ uploadId }: ListedUpload, options: CallOptions): Promise<boolean> {
    const { call, bucket, key } = this.#target;
    const { document } = await this.#context.connection.sendForXml({ call, method: 'GET', bucket, key, query: { uploadId, 'max-parts': 1 } }, 'ListPartsResult', options);
    return childrenNamed(document, 'Part').length > 0;
  }

  #warn(fields: object, message: string): void {
    const { operation, resource } = this.#target.call;
    this.#context.connection.logger?.warn({ operation, resource, ...fields }, message);
  }
}

/** Whether the service said that it did not do it, or was never asked. */
function isRefusal(error: unknown): boolean {
  if (!CloudError.is(error)) return false;
  const { code, status, phase } = error;
  return code === 'rate_limited' || (status === undefined ? phase === 'connect' || phase === 'credentials' || phase === 'arguments' : status < 500);
}
