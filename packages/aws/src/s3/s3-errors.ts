import { CloudError, errorFromCode, type CloudErrorCode, type CloudErrorFields } from '@cmx/cloud-core';
import { decodeHttpError, retryAfterInMs } from '@cmx/http';
import { S3_ERROR_CODES, S3_PASSING_CONFLICTS, type S3ErrorDetails } from '@cmx/s3';

/** "Nothing of the kind is configured": the answer to a read, where the caller gets an empty list or `undefined` instead. */
const NOT_CONFIGURED = {
  NoSuchBucketPolicy: 'not_found',
  NoSuchCORSConfiguration: 'not_found',
  NoSuchLifecycleConfiguration: 'not_found',
  NoSuchObjectLockConfiguration: 'not_found',
  NoSuchPublicAccessBlockConfiguration: 'not_found',
  NoSuchTagSet: 'not_found',
  NoSuchTagSetError: 'not_found',
  NoSuchWebsiteConfiguration: 'not_found',
  ObjectLockConfigurationNotFoundError: 'not_found',
  OwnershipControlsNotFoundError: 'not_found',
  ServerSideEncryptionConfigurationNotFoundError: 'not_found',
} as const satisfies Readonly<Record<string, CloudErrorCode>>;

/**
 * What the SDK calls its failures, in our codes: S3's own (the table of `@cmx/s3`), those of bucket administration, those of the
 * SDK's credential providers, and Node's for connections.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const AWS_S3_ERROR_CODES: Readonly<Record<string, CloudErrorCode>> = {
  ...S3_ERROR_CODES,
  ...NOT_CONFIGURED,

  AccessControlListNotSupported: 'conflict', // the bucket's owner owns everything in it, so there are no lists
  BucketMustHaveLockeEnabled: 'conflict', // spelt so by moto
  InvalidBucketAclWithObjectOwnership: 'conflict',
  InvalidBucketAclWithBlockPublicAccessError: 'conflict',
  InvalidBucketOwnerAWSAccountID: 'invalid_argument',
  InvalidRetentionPeriod: 'invalid_argument',
  InvalidPolicyDocument: 'invalid_argument',
  InvalidTargetBucketForLogging: 'invalid_argument',
  MalformedPolicy: 'invalid_argument',
  'KMS.DisabledException': 'conflict',
  'KMS.KMSInvalidStateException': 'conflict',
  'KMS.NotFoundException': 'not_found',
  NoSuchAccessPoint: 'not_found',
  UnsupportedArgument: 'unsupported',
  UnsupportedOperation: 'unsupported',
  UnsupportedSignature: 'unsupported',

  CredentialsProviderError: 'unauthenticated',
  TokenProviderError: 'unauthenticated',
  ProviderError: 'unauthenticated',

  TimeoutError: 'timeout',
  ETIMEDOUT: 'timeout',
  EAI_AGAIN: 'unavailable',
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  EHOSTUNREACH: 'unavailable',
  ENETUNREACH: 'unavailable',
  ENOTFOUND: 'unavailable',
  EPIPE: 'unavailable',
};

/** Connections that never came to be: nothing was sent. */
const NOT_CONNECTED: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND']);

/** What is read of an error of the SDK. */
interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly extendedRequestId?: string };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Makes a typed error of whatever the SDK threw. */
export function toS3Error(thrown: unknown): CloudError {
  if (CloudError.is(thrown)) return thrown;
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as SdkError;
  const vendorCode = [error.name, error.code].find((name) => name !== undefined && Object.hasOwn(AWS_S3_ERROR_CODES, name));
  const status = error.$metadata?.httpStatusCode;
  const code = (vendorCode === undefined ? undefined : AWS_S3_ERROR_CODES[vendorCode]) ?? codeOfStatus(status);
  return errorFromCode(code, error.message || `The service answered with status ${String(status)}`, {
    ...(vendorCode !== undefined && S3_PASSING_CONFLICTS.has(vendorCode) && { retryable: true }),
    ...answerFields(error),
    vendorCode: vendorCode ?? (status === undefined || status < 300 ? undefined : error.name),
    phase: phaseOf(vendorCode, status, code),
    cause: withoutResponse(thrown),
  });
}

/** The answer to a read, or `undefined` when nothing of the kind is configured. */
export async function ifConfigured<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (CloudError.is(error, 'not_found') && error.vendorCode !== undefined && Object.hasOwn(NOT_CONFIGURED, error.vendorCode)) return undefined;
    throw error;
  }
}

/** The same error without the answer it hides: from there the request can be reached, with its signature. */
function withoutResponse(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('$response' in thrown)) return thrown;
  const { $response: _response, ...visible } = thrown;
  const copy = Object.assign(new Error(thrown.message), visible, { name: thrown.name });
  if (thrown.stack !== undefined) copy.stack = thrown.stack;
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(thrown) as object);
}

function answerFields({ $metadata, $response }: SdkError): CloudErrorFields {
  const headers = new Map(Object.entries($response?.headers ?? {}));
  const details: S3ErrorDetails = { region: headers.get('x-amz-bucket-region'), hostId: $metadata?.extendedRequestId };
  return {
    status: $metadata?.httpStatusCode,
    requestId: $metadata?.requestId,
    retryAfterInMs: retryAfterInMs(headers, Date.now()),
    details: details.region ?? details.hostId ? details : undefined,
  };
}

function codeOfStatus(status: number | undefined): CloudErrorCode {
  if (status === undefined) return 'unknown';
  return decodeHttpError({ status, headers: new Map<string, string>(), body: new Uint8Array(), request: { operation: '', method: 'GET', path: '' } }).code;
}

function phaseOf(vendorCode: string | undefined, status: number | undefined, code: CloudErrorCode): CloudErrorFields['phase'] {
  if (status !== undefined) return 'response';
  if (vendorCode !== undefined && NOT_CONNECTED.has(vendorCode)) return 'connect';
  if (code === 'unauthenticated') return 'credentials';
  return code === 'timeout' || code === 'unavailable' ? 'first_byte' : undefined;
}
