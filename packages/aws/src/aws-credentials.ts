import type { AccessKeyCredentials, CredentialProvider } from '@cmx/cloud-core';
import { credentialsFromEnvironment, type Environment, type S3Credentials } from '@cmx/s3';
import { loadSdk } from './load-sdk.ts';

/** A key pair as the AWS SDK has it. */
export interface SdkIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/** The SDK's kind of credential provider. It may keep what it got; `forceRefresh` makes it ask again. */
export type SdkIdentityProvider = (options?: { forceRefresh?: boolean }) => Promise<SdkIdentity>;

export interface DefaultAwsCredentialsOptions {
  /** Of the shared config and credentials files. Default: `AWS_PROFILE`, else `default`. */
  readonly profile?: string | undefined;
  /** Where roles are assumed and sign-ins are exchanged. Default: the profile's own, else the SDK's. */
  readonly region?: string | undefined;
  readonly environment?: Environment | undefined;
}

/**
 * The AWS SDK's default chain: environment, SSO, shared files with their roles and processes, web identity, container, instance.
 * Keys in the environment, with no profile chosen, are the chain's first answer, so they are taken without loading the SDK.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function defaultSdkIdentity({ profile, region, environment = process.env }: DefaultAwsCredentialsOptions = {}): SdkIdentityProvider {
  let chain: Promise<SdkIdentityProvider> | undefined;
  const open = async (): Promise<SdkIdentityProvider> => {
    const { fromNodeProviderChain } = await loadSdk('@aws-sdk/credential-providers', () => import('@aws-sdk/credential-providers'));
    return fromNodeProviderChain({ profile, clientConfig: { region } });
  };
  return async (options) => {
    const keys = profile === undefined && !environment.AWS_PROFILE ? credentialsFromEnvironment(environment) : undefined;
    if (keys) return toSdkIdentity(keys);
    return (await (chain ??= open()))(options);
  };
}

/**
 * The credentials AWS's own tools would use, as a provider for any client that takes one: `@cmx/s3` and `@cmx/aws` keep what it
 * answers until shortly before it expires. A failure of the chain becomes an
 * `UnauthenticatedError` there.
 *
 * @throws {MissingDependencyError} `@aws-sdk/credential-providers` is not installed.
 */
export function defaultAwsCredentials(options: DefaultAwsCredentialsOptions = {}): CredentialProvider<AccessKeyCredentials> {
  return fromSdkIdentity(defaultSdkIdentity(options));
}

/** A provider of ours from one of the SDK's. It is asked only when new credentials are needed, so never for what it has kept. */
export function fromSdkIdentity(provider: SdkIdentityProvider): CredentialProvider<AccessKeyCredentials> {
  return async () => {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider({ forceRefresh: true });
    return { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration };
  };
}

/** A provider for the SDK from what a client of ours was given. The SDK keeps what it answers until shortly before it expires. */
export function sdkIdentityOf(credentials: Exclude<S3Credentials, 'anonymous'>): SdkIdentityProvider {
  return async () => toSdkIdentity(typeof credentials === 'function' ? await credentials({}) : credentials);
}

function toSdkIdentity({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: AccessKeyCredentials): SdkIdentity {
  return { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt };
}
