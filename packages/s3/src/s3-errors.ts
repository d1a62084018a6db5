import { errorFromCode, type CloudError, type CloudErrorCode, type CloudErrorFields } from '@cmx/cloud-core';
import type { ErrorResponse, ResponseHeaders } from '@cmx/http';
import { unquoteEtag } from './objects/object-metadata.ts';
import { childText } from './xml/xml-access.ts';
import { parseXml, type XmlElement } from './xml/xml-reader.ts';

/**
 * What S3 services call their errors, in our codes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const S3_ERROR_CODES: Readonly<Record<string, CloudErrorCode>> = {
  NoSuchKey: 'not_found',
  NoSuchVersion: 'not_found',
  NoSuchUpload: 'not_found',
  NoSuchTagSet: 'not_found',
  NoSuchTagSetError: 'not_found',
  NotFound: 'not_found',
  ErrDirectoryNotEmpty: 'not_found', // versitygw's word for a folder that nobody stored as an object
  NoSuchBucket: 'bucket_not_found',

  BucketAlreadyExists: 'already_exists',
  BucketAlreadyOwnedByYou: 'already_exists',

  BucketNotEmpty: 'conflict',
  ConditionalRequestConflict: 'conflict',
  OperationAborted: 'conflict',
  InvalidBucketState: 'conflict',
  InvalidObjectState: 'conflict',
  ObjectLocked: 'conflict',
  RestoreAlreadyInProgress: 'conflict',

  AuthorizationHeaderMalformed: 'invalid_argument',
  AuthorizationQueryParametersError: 'invalid_argument',
  EntityTooLarge: 'invalid_argument',
  EntityTooSmall: 'invalid_argument',
  IllegalLocationConstraintException: 'invalid_argument',
  IncompleteBody: 'invalid_argument',
  InvalidArgument: 'invalid_argument',
  InvalidBucketName: 'invalid_argument',
  InvalidEncryptionAlgorithmError: 'invalid_argument',
  InvalidLocationConstraint: 'invalid_argument',
  InvalidObjectName: 'invalid_argument',
  InvalidPart: 'invalid_argument',
  InvalidPartNumber: 'invalid_argument',
  InvalidPartOrder: 'invalid_argument',
  InvalidRequest: 'invalid_argument',
  InvalidStorageClass: 'invalid_argument',
  InvalidTag: 'invalid_argument',
  InvalidTagError: 'invalid_argument',
  InvalidURI: 'invalid_argument',
  KeyTooLongError: 'invalid_argument',
  MalformedACLError: 'invalid_argument',
  MalformedPOSTRequest: 'invalid_argument',
  MalformedXML: 'invalid_argument',
  MaxMessageLengthExceeded: 'invalid_argument',
  MetadataTooLarge: 'invalid_argument',
  MissingContentLength: 'invalid_argument',
  UnexpectedContent: 'invalid_argument',
  XMinioInvalidObjectName: 'invalid_argument',

  AccessDenied: 'permission_denied',
  AccountProblem: 'permission_denied',
  AllAccessDisabled: 'permission_denied',
  InvalidPayer: 'permission_denied',
  NotSignedUp: 'permission_denied',

  ExpiredToken: 'unauthenticated',
  ExpiredTokenException: 'unauthenticated',
  InvalidAccessKeyId: 'unauthenticated',
  InvalidSecurity: 'unauthenticated',
  InvalidToken: 'unauthenticated',
  InvalidTokenId: 'unauthenticated',
  SignatureDoesNotMatch: 'unauthenticated',
  TokenRefreshRequired: 'unauthenticated',
  XAdminUserNotFound: 'unauthenticated', // versitygw's word for an access key nobody has, with a 404
  RequestTimeTooSkewed: 'unauthenticated',
  RequestExpired: 'unauthenticated',

  PreconditionFailed: 'precondition_failed',
  NotModified: 'not_modified',
  InvalidRange: 'range_not_satisfiable',
  InvalidPartRange: 'range_not_satisfiable',

  BadDigest: 'checksum_mismatch',
  InvalidDigest: 'invalid_argument',
  XAmzContentChecksumMismatch: 'checksum_mismatch',
  XAmzContentSHA256Mismatch: 'checksum_mismatch',

  QuotaExceeded: 'quota_exceeded',
  TooManyBuckets: 'quota_exceeded',
  StorageFull: 'quota_exceeded',
  XMinioAdminBucketQuotaExceeded: 'quota_exceeded',
  XMinioStorageFull: 'quota_exceeded',

  RequestLimitExceeded: 'rate_limited',
  SlowDown: 'rate_limited',
  SlowDownRead: 'rate_limited',
  SlowDownWrite: 'rate_limited',
  Throttling: 'rate_limited',
  ThrottlingException: 'rate_limited',
  TooManyRequests: 'rate_limited',

  InternalError: 'unavailable',
  ServiceUnavailable: 'unavailable',
  XMinioServerNotInitialized: 'unavailable',
  RequestTimeout: 'timeout',

  PermanentRedirect: 'invalid_argument', // another region or address, when it could not be found out
  Redirect: 'invalid_argument',
  TemporaryRedirect: 'invalid_argument',

  MethodNotAllowed: 'unsupported',
  NotImplemented: 'unsupported',
  NotSupported: 'unsupported',
};

/** What a status means when no known error code comes with it: HEAD answers, proxies, services with codes of their own. */
function codeOfStatus(status: number): CloudErrorCode {
  return STATUS_CODES[status] ?? (status >= 500 ? 'unavailable' : 'unknown');
}

const STATUS_CODES: Readonly<Record<number, CloudErrorCode>> = {
  304: 'not_modified',
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  405: 'unsupported',
  408: 'timeout',
  409: 'conflict',
  412: 'precondition_failed',
  416: 'range_not_satisfiable',
  429: 'rate_limited',
  501: 'unsupported',
};

/** Conflicts that pass by themselves: another write to the same key was under way. */
export const S3_PASSING_CONFLICTS: ReadonlySet<string> = new Set(['ConditionalRequestConflict', 'OperationAborted']);

/** Where services put the id of a request, the first that is there. */
export const S3_REQUEST_ID_HEADERS: readonly string[] = ['x-amz-request-id', 'x-minio-request-id', 'x-trans-id'];

/** What an S3 error says besides its code, on `CloudError.details`. */
export interface S3ErrorDetails {
  /** The region the bucket is in, when the request went to another one. */
  readonly region?: string | undefined;
  /** The current ETag, with `not_modified`. */
  readonly etag?: string | undefined;
  /** S3's second request id, which its support asks for. */
  readonly hostId?: string | undefined;
}

/** Makes a typed error of an answer that is not a success. */
export function decodeS3Error({ status, headers, body }: ErrorResponse): CloudError {
  const document = readErrorDocument(body);
  if (document === undefined && body.length > 0) return errorFromCode(codeOfStatus(status), 'The answer is not from an S3 service (a proxy?)', { ...fieldsOf(status, headers), details: detailsOf(headers) });
  return toError(document, status, headers);
}

/** Makes a typed error of an `<Error>` that came with a success status, or as one entry of a batch. */
export function errorOfElement(element: XmlElement, status: number, headers?: ResponseHeaders): CloudError {
  return toError(element, status < 300 ? undefined : status, headers);
}

function readErrorDocument(body: Uint8Array): XmlElement | undefined {
  try {
    const root = parseXml(body);
    return root.name === 'ErrorResponse' ? root.children.find((element) => element.name === 'Error') : root.name === 'Error' ? root : undefined;
  } catch {
    return undefined;
  }
}

function toError(element: XmlElement | undefined, status: number | undefined, headers: ResponseHeaders | undefined): CloudError {
  const isDeleted = headers?.get('x-amz-delete-marker') === 'true';
  const vendorCode = (element && childText(element, 'Code')) || headers?.get('x-minio-error-code') || (isDeleted ? 'NoSuchKey' : undefined);
  const code = isDeleted ? 'not_found' : ((vendorCode !== undefined && Object.hasOwn(S3_ERROR_CODES, vendorCode) ? S3_ERROR_CODES[vendorCode] : undefined) ?? codeOfStatus(status ?? 500));
  const message = (element && childText(element, 'Message')) || (isDeleted ? 'The object is deleted' : REASONS[code]) || `The service answered ${String(status)}`;
  return errorFromCode(code, message, {
    ...fieldsOf(status, headers),
    vendorCode,
    requestId: (element && childText(element, 'RequestId')) || headers?.get('x-amz-request-id'),
    ...(vendorCode !== undefined && S3_PASSING_CONFLICTS.has(vendorCode) && { retryable: true }),
    details: detailsOf(headers, element),
  });
}

function fieldsOf(status: number | undefined, headers: ResponseHeaders | undefined): CloudErrorFields {
  return { phase: 'response', status, requestId: headers?.get('x-amz-request-id') };
}

function detailsOf(headers: ResponseHeaders | undefined, element?: XmlElement): S3ErrorDetails | undefined {
  const region = headers?.get('x-amz-bucket-region') ?? (element && childText(element, 'Region'));
  const etag = headers?.get('etag');
  const hostId = headers?.get('x-amz-id-2');
  return region ?? etag ?? hostId ? { region: region || undefined, etag: etag && unquoteEtag(etag), hostId } : undefined;
}

/** Words for answers that come without any. */
const REASONS: Partial<Record<CloudErrorCode, string>> = {
  not_found: 'It does not exist',
  permission_denied: 'The service refused',
  unauthenticated: 'The service does not accept the credentials',
  precondition_failed: 'The condition does not hold',
  not_modified: 'Nothing has changed',
  range_not_satisfiable: 'The range begins behind the end',
  unsupported: 'The service cannot do this',
};
