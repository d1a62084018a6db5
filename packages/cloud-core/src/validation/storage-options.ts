import * as check from './checks.ts';
import { CALL_OPTIONS, type OptionRules } from './options.ts';

/** Made by a function, so that a bundle without any storage client leaves all of it out. */
function storageOptions() {
  const versionId = { check: check.text, needs: 'versions' } as const;
  const customerKey = { check: check.customerKey, needs: 'customerKeys' } as const;
  const createOnly = check.oneOf('*');

  const CONTENT: OptionRules = {
    contentType: { check: check.headerValue },
    contentEncoding: { check: check.headerValue, needs: 'contentHeaders' },
    contentLanguage: { check: check.headerValue, needs: 'contentHeaders' },
    contentDisposition: { check: check.headerValue, needs: 'contentHeaders' },
    cacheControl: { check: check.headerValue, needs: 'contentHeaders' },
    expires: { check: check.date, needs: 'contentHeaders' },
  };

  const STORE: OptionRules = {
    ...CALL_OPTIONS,
    ...CONTENT,
    metadata: { check: check.metadata, needs: 'metadata' },
    tags: { check: check.tags, needs: 'tags' },
    storageClass: { check: check.headerValue, needs: 'storageClass' },
    serverSideEncryption: { check: check.serverSideEncryption, needs: 'serverSideEncryption' },
    customerKey,
    checksumAlgorithm: { check: check.text, needs: 'checksums' },
  };

  const WRITE_CONDITIONS: OptionRules = {
    ifMatch: { check: check.headerValue, needs: 'conditionalPut' },
    ifNoneMatch: { check: createOnly, needs: 'createOnlyPut' },
  };

  const MOVE: OptionRules = {
    partSizeInBytes: { check: check.positiveInteger },
    concurrency: { check: check.positiveInteger },
    onProgress: { check: check.callback },
  };

  const READ: OptionRules = {
    ...CALL_OPTIONS,
    versionId,
    ifMatch: { check: check.headerValue, needs: 'conditionalGet' },
    ifNoneMatch: { check: check.headerValue, needs: 'conditionalGet' },
    ifModifiedSince: { check: check.date, needs: 'modifiedConditions' },
    ifUnmodifiedSince: { check: check.date, needs: 'modifiedConditions' },
    customerKey,
  };

  const UPLOAD_FILE: OptionRules = { ...STORE, ...WRITE_CONDITIONS, ...MOVE, checksums: { check: check.checksums }, resume: { check: check.yesOrText, needs: 'resumableUploads' } };
  const PREFIX: OptionRules = { ...CALL_OPTIONS, prefix: { check: check.anyText } };
  const VERSION: OptionRules = { ...CALL_OPTIONS, versionId };

  return {
    call: CALL_OPTIONS,
    createBucket: { ...CALL_OPTIONS, region: { check: check.text } },
    deleteBucket: { ...CALL_OPTIONS, force: { check: check.yesOrNo } },
    putObject: { ...UPLOAD_FILE, sizeInBytes: { check: check.wholeNumber } },
    uploadFile: UPLOAD_FILE,
    getObject: {
      ...READ,
      range: { check: check.byteRange, needs: 'ranges' },
      verifyChecksum: { check: check.yesOrNo },
      responseHeaders: { check: check.contentHeaders, needs: 'responseOverrides' },
      onProgress: { check: check.callback },
    },
    getObjectMetadata: READ,
    downloadFile: { ...READ, ...MOVE, overwrite: { check: check.yesOrNo }, verifyChecksum: { check: check.yesOrNo }, resume: { check: check.yesOrNo, needs: 'ranges' } },
    listObjects: {
      ...PREFIX,
      delimiter: { check: check.anyText, needs: 'delimiter' },
      startAfter: { check: check.anyText, needs: 'startAfter' },
    },
    listByPrefix: PREFIX,
    deleteObject: { ...CALL_OPTIONS, versionId, ifMatch: { check: check.headerValue, needs: 'conditionalDelete' } },
    copyObject: {
      ...STORE,
      ...WRITE_CONDITIONS,
      metadataDirective: { check: check.oneOf('copy', 'replace') },
      sourceIfMatch: { check: check.headerValue, needs: 'conditionalCopy' },
      onProgress: { check: check.callback },
    },
    presign: {
      ...CALL_OPTIONS,
      method: { check: check.oneOf('GET', 'PUT', 'HEAD', 'DELETE') },
      expiresInSeconds: { check: check.positiveInteger },
      versionId,
      contentType: { check: check.headerValue },
      headers: { check: check.headers },
      responseHeaders: { check: check.contentHeaders, needs: 'responseOverrides' },
    },
    presignPost: {
      ...CALL_OPTIONS,
      expiresInSeconds: { check: check.positiveInteger },
      contentType: { check: check.headerValue },
      minSizeInBytes: { check: check.wholeNumber },
      maxSizeInBytes: { check: check.wholeNumber },
      metadata: { check: check.metadata },
    },
    createMultipartUpload: { ...STORE, checksumType: { check: check.oneOf('full_object', 'composite') } },
    uploadPart: { ...CALL_OPTIONS, checksumAlgorithm: { check: check.text, needs: 'checksums' }, checksums: { check: check.checksums }, customerKey },
    copyPart: { ...CALL_OPTIONS, range: { check: check.closedRange }, sourceIfMatch: { check: check.headerValue, needs: 'conditionalCopy' } },
    completeMultipartUpload: {
      ...CALL_OPTIONS,
      ifMatch: { check: check.headerValue, needs: 'conditionalMultipart' },
      ifNoneMatch: { check: createOnly, needs: 'conditionalMultipart' },
      checksums: { check: check.checksums },
      checksumType: { check: check.oneOf('full_object', 'composite') },
    },
    objectVersion: VERSION,
  } as const satisfies Readonly<Record<string, OptionRules>>;
}

/** The options of every method of `StorageClient`. A client with further ones adds them: `{ ...STORAGE_OPTIONS.putObject, acl: … }`. */
export const STORAGE_OPTIONS = /* @__PURE__ */ storageOptions();
