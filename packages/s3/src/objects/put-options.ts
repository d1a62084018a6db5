import { STORAGE_OPTIONS, type OptionRule, type OptionRules, type PutObjectOptions, type StorageCapabilities, type Supported, type UploadFileOptions } from '@cmx/cloud-core';

/** How a large body goes on where an earlier upload of it stopped. */
export interface ResumeOptions<C extends StorageCapabilities = StorageCapabilities> {
  /**
   * Go on with an upload of this object that was left unfinished: the one of this id, or with `true` the newest of the key, if there is
   * one. Parts that hold the very bytes (by the checksum of the upload, else by the MD5 their ETag usually is) are not sent again, all others
   * are; the body is read as a whole. When the call fails or is aborted, its parts stay for the next one, until the service's
   * lifecycle rules or `abortUnfinishedUploads` remove them. With `true`, only one process at a time may write the key. A body that goes in
   * one request has no parts: it is stored, and no upload is looked for.
   */
  resume?: Supported<C['multipart'], boolean | string> | undefined;
}

export type S3PutObjectOptions<C extends StorageCapabilities = StorageCapabilities> = PutObjectOptions<C> & ResumeOptions<C>;

export type S3UploadFileOptions<C extends StorageCapabilities = StorageCapabilities> = UploadFileOptions<C> & ResumeOptions<C>;

/** What storing a body takes, whatever the capabilities: they were checked. */
export interface StoreBodyOptions extends PutObjectOptions {
  resume?: boolean | string | undefined;
}

const RESUME: OptionRule = {
  check: (value) => (typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? undefined : 'must be true, false or the id of an upload'),
  needs: 'multipart',
};

export const PUT_OPTIONS: OptionRules = { ...STORAGE_OPTIONS.putObject, resume: RESUME };

export const UPLOAD_FILE_OPTIONS: OptionRules = { ...STORAGE_OPTIONS.uploadFile, resume: RESUME };
