import { ResumableBody } from '../body/resumable-body.ts';
import type { ResumableBodyOptions } from '../body/resumable-body-options.ts';
import type { ObjectMetadata, StoredObject } from '../storage/models.ts';

/** What a client knows when the service has answered a `getObject`. */
export interface DownloadedObjectOptions extends Omit<ResumableBodyOptions, 'sizeInBytes' | 'startInBytes' | 'etag' | 'checksums' | 'mustVerify'> {
  readonly metadata: ObjectMetadata;
  /** The slice the service sent, when one was asked for. */
  readonly range?: StoredObject['range'];
  /** The caller's own wish: `true` fails when the checksum there is cannot be computed here. */
  readonly verifyChecksum?: boolean | undefined;
}

/**
 * An object whose bytes can be read: what every client's `getObject` resolves with. Whole objects are held against the service's
 * checksum of the whole object; slices, and objects with none but a composite checksum, cannot be.
 */
export class DownloadedObject extends ResumableBody implements StoredObject {
  readonly metadata: ObjectMetadata;
  readonly range: StoredObject['range'];

  constructor({ metadata, range, verifyChecksum, ...options }: DownloadedObjectOptions) {
    const isWhole = range === undefined && metadata.checksumType !== 'composite';
    super({
      ...options,
      sizeInBytes: range ? range.end - range.start + 1 : metadata.sizeInBytes,
      startInBytes: range?.start,
      etag: metadata.etag,
      checksums: isWhole && verifyChecksum !== false ? metadata.checksums : undefined,
      mustVerify: verifyChecksum,
    });
    this.metadata = metadata;
    this.range = range;
  }
}
