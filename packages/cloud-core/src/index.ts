
export { fromBase64, toBase64, toHex } from './body/base64.ts';
export {
  CHECKSUM_ALGORITHMS,
  checksumFactory,
  checksumOf,
  compositeChecksum,
  createChecksum,
  loadChecksum,
  registerChecksum,
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumFactory,
  type Checksums,
  type ChecksumType,
} from './body/checksum.ts';
export type { BodyInput, ReadableBody } from './body/types.ts';
export { untilAborted } from './abort.ts';
export { CachedCredentials, type CachedCredentialsOptions } from './cached-credentials.ts';
export { CloudConfig, ENVIRONMENT_VARIABLES, type CloudSettings } from './cloud-config.ts';
export { systemClock, type Clock } from './clock.ts';
export type { CloudClient, CreateResourceInput } from './cloud/cloud-client.ts';
export type { ComputeCapabilities } from './compute/capabilities.ts';
export type {
  ComputeClient,
  CreatedKeyPair,
  CreateInstanceInput,
  Image,
  ImageChoice,
  Instance,
  InstanceState,
  InstanceType,
  InstanceTypeChoice,
  KeyPair,
  ListInstancesOptions,
  WaitForInstanceOptions,
  Zone,
} from './compute/compute-client.ts';
export type { ConnectionContext, ConnectionField, ConnectionSettings, ConnectionType } from './connection.ts';
export type {
  AccessKeyCredentials,
  ApplicationCredentials,
  BearerCredentials,
  CloudCredentials,
  CredentialProvider,
  SharedKeyCredentials,
} from './credentials.ts';
export { CloudError, type CloudErrorFields, type ErrorResource } from './errors/cloud-error.ts';
export { CLOUD_ERROR_CODES, type CloudErrorCode, type ErrorPhase } from './errors/codes.ts';
export {
  AlreadyExistsError,
  ChangedDuringReadError,
  ChecksumMismatchError,
  ConflictError,
  errorFromCode,
  InvalidArgumentError,
  MissingDependencyError,
  NotFoundError,
  NotModifiedError,
  PermissionDeniedError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
  RateLimitedError,
  TimeoutError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedOperationError,
  withErrorFields,
} from './errors/errors.ts';
export { DEFAULT_RATES } from './limits/default-rates.ts';
export { sharedRateLimiter } from './limits/shared-limiters.ts';
export { RateLimiter, type RateLimit, type WindowLimit } from './limits/rate-limiter.ts';
export { SlidingWindowLimiter } from './limits/sliding-window-limiter.ts';
export { silentLogger, type Logger } from './logger.ts';
export type { CallOptions } from './models/call-options.ts';
export { CloudProvider, ResourceType, type ProviderName } from './models/provider.ts';
export type { CloudResource } from './models/resource.ts';
export { paged, type Page, type Paged, type PageRequest } from './paging.ts';
export { createPoller, type Accepted, type CreatePollerOptions, type Poller, type PollerState, type PollerStatus, type PollOptions } from './poller.ts';
export { redact, redactHeaders } from './redact.ts';
export { DEFAULT_RETRY_POLICY, RetryBudget, retryDelayInMs, type RetryPolicy } from './retry/retry-policy.ts';
export { OperationRunner, type Attempt, type OperationInfo, type OperationRunnerOptions } from './run-operation.ts';
export type { ServerlessCapabilities } from './serverless/capabilities.ts';
export type {
  CloudFunction,
  CreateFunctionInput,
  FunctionCode,
  FunctionConfiguration,
  FunctionState,
  FunctionVersion,
  InvocationResult,
  InvokeFunctionOptions,
  LogEntry,
  ServerlessClient,
} from './serverless/serverless-client.ts';
export {
  hasCapability,
  type StorageCapabilities,
  type StorageFacts,
  type StorageFeature,
  type StorageLimits,
  type Supported,
} from './storage/capabilities.ts';
export type {
  Bucket,
  BucketVersioning,
  ByteRange,
  CompleteMultipartUploadOptions,
  ContentHeaders,
  CopyObjectOptions,
  CopyPartOptions,
  CreateBucketOptions,
  CreateMultipartUploadOptions,
  CustomerKey,
  DeleteBucketOptions,
  DeleteObjectOptions,
  DeleteObjectOutcome,
  DeleteObjectsResult,
  DeleteTarget,
  DownloadFileOptions,
  GetObjectMetadataOptions,
  GetObjectOptions,
  ListEntry,
  ListObjectsOptions,
  MultipartUpload,
  ObjectEntry,
  ObjectMetadata,
  ObjectReference,
  ObjectVersion,
  PrefixEntry,
  PresignedPost,
  PresignedUrl,
  PresignMethod,
  PresignOptions,
  PresignPostOptions,
  ProgressListener,
  PutObjectOptions,
  PutObjectResult,
  ReadConditions,
  StoredObject,
  StoreOptions,
  UploadedPart,
  UploadFileOptions,
  UploadPartOptions,
} from './storage/models.ts';
export type {
  AccessControlList,
  AclAdministration,
  BucketQuota,
  CorsAdministration,
  CorsRule,
  LifecycleAdministration,
  LifecycleRule,
  ObjectLockAdministration,
  ObjectRetention,
  QuotaAdministration,
  StorageClassAdministration,
  WebsiteAdministration,
  WebsiteConfiguration,
} from './storage/storage-administration.ts';
export type { StorageClient } from './storage/storage-client.ts';
export type { RequestEvent, SpanAttributes, Telemetry, TelemetrySpan } from './telemetry.ts';
export { waitUntil, type NotYet, type WaitOptions } from './wait-until.ts';
export { assertArgument, assertOptions, assertSupported, CALL_OPTIONS, type OptionRule, type OptionRules } from './validation/options.ts';
export { ObjectArguments, type Call } from './validation/object-arguments.ts';
export { assertPart, assertParts, copyArguments, deleteTargets } from './validation/rare-arguments.ts';
export { isPortableBucketName, StorageArguments } from './validation/storage-arguments.ts';
export { STORAGE_OPTIONS } from './validation/storage-options.ts';
export type { Check } from './validation/checks.ts';
export { checks } from './validation/checks-kit.ts';
