import type { AccessKeyCredentials, Clock, CredentialProvider, Logger, ProviderName, RetryBudget, RetryPolicy, StorageCapabilities, Telemetry } from '@cmx/cloud-core';
import type { Timeouts, Transport } from '@cmx/http';
import type { S3Dialect, S3DialectName } from './dialects/dialect.ts';

/** Where credentials come from: keys, a function that gets them (cached until shortly before they expire), or none. */
export type S3Credentials = AccessKeyCredentials | CredentialProvider<AccessKeyCredentials> | 'anonymous';

/** How the client reaches its service; everything has a default. */
export interface S3WireOptions {
  /**
   * `https://s3.example.com`, with a port or path if need be; `{region}` stands for the region. Default: the dialect's own
   * (AWS and the hosted services have one).
   */
  readonly endpoint?: string | undefined;
  /** What requests are signed for. Default: the dialect's. A bucket in another region is found by itself. */
  readonly region?: string | undefined;
  /** Where the bucket's name goes. Default: the dialect's; always `path` where the host is an address or `localhost`. */
  readonly addressing?: 'path' | 'virtual' | undefined;
  /** Hash and sign the bytes of uploads. Default: only where the endpoint is plain HTTP; TLS guards them otherwise. */
  readonly signsPayload?: boolean | undefined;
  /** Default: `automaticTransport()` of `@cmx/http`. */
  readonly transport?: Transport | undefined;
  /** Default: connect 10 s, first byte 60 s, idle 30 s. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly retryBudget?: RetryBudget | undefined;
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

export interface S3CompatibleClientOptions<C extends StorageCapabilities = StorageCapabilities> extends S3WireOptions {
  /**
   * What kind of service the endpoint is: a name, or a dialect (one of `S3_DIALECTS` narrows the client's type to what the service
   * can do; `probeS3Endpoint` finds one for a service that is not known). Default: `aws` without an endpoint, else `generic`.
   */
  readonly dialect?: S3DialectName | S3Dialect<C> | undefined;
  /** Default: the environment (`AWS_ACCESS_KEY_ID` …), else the shared config and credentials files. */
  readonly credentials?: S3Credentials | undefined;
  /** Whose client this is, for errors and the registry. Default `aws`. */
  readonly provider?: ProviderName | undefined;
}

/** What a connection needs to know: the options with their defaults. */
export interface S3ConnectionOptions extends S3WireOptions {
  readonly dialect: S3Dialect;
  readonly credentials: S3Credentials;
  readonly provider: ProviderName;
}
