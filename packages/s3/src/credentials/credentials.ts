import { CachedCredentials, CloudError, UnauthenticatedError, type AccessKeyCredentials, type CallOptions, type Clock, type CredentialProvider } from '@cmx/cloud-core';
import type { SharedProfile } from './shared-profile.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process; empty where there is no process. */
export function processEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}

/** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or nothing when a key is not set. */
export function credentialsFromEnvironment(environment: Environment = processEnvironment()): AccessKeyCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  return accessKeyId && secretAccessKey ? { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined } : undefined;
}

export interface SharedFileOptions {
  /** Default: `AWS_PROFILE`, else `default`. */
  readonly profile?: string | undefined;
  readonly environment?: Environment | undefined;
}

/**
 * A provider that reads the shared config and credentials files (`~/.aws`, or what `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE` name) when credentials are needed. It understands keys and session tokens; profiles that assume
 * roles or sign in by SSO need a vendor's chain, which can be given as a provider too.
 *
 * @throws {UnauthenticatedError} The profile is missing or has no keys.
 */
export function credentialsFromSharedFiles({ profile, environment = processEnvironment() }: SharedFileOptions = {}): CredentialProvider<AccessKeyCredentials> {
  return async () => {
    const { readSharedProfile } = await import('./shared-profile.ts');
    const { name, settings } = await readSharedProfile(profile, environment);
    const credentials = credentialsOf(settings);
    if (credentials === undefined) throw new UnauthenticatedError(`The profile "${name}" has no access key in the shared credentials or config file`, { phase: 'credentials' });
    return credentials;
  };
}

function credentialsOf(settings: SharedProfile['settings']): AccessKeyCredentials | undefined {
  const accessKeyId = settings.get('aws_access_key_id');
  const secretAccessKey = settings.get('aws_secret_access_key');
  return accessKeyId && secretAccessKey ? { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken: settings.get('aws_session_token') } : undefined;
}

/** A provider that takes the environment's keys, else the shared files'. */
export function defaultCredentials(options: SharedFileOptions = {}): CredentialProvider<AccessKeyCredentials> {
  const fromFiles = credentialsFromSharedFiles(options);
  return async (callOptions) => credentialsFromEnvironment(options.environment) ?? fromFiles(callOptions);
}

/** A client's credentials: fixed ones at hand, a provider's kept while they last and fetched once for all calls that wait. */
export class CredentialSource {
  readonly #fixed: AccessKeyCredentials | undefined;
  readonly #cached: CachedCredentials<AccessKeyCredentials> | undefined;

  constructor(source: AccessKeyCredentials | CredentialProvider<AccessKeyCredentials>, clock?: Clock) {
    if (typeof source === 'function') this.#cached = new CachedCredentials((options) => ask(source, options), { clock });
    else this.#fixed = source;
  }

  /** Credentials: at once when they are at hand. */
  get(options: CallOptions): AccessKeyCredentials | Promise<AccessKeyCredentials> {
    const credentials = this.#fixed ?? this.#cached?.current ?? this.#cached?.get(options);
    if (credentials === undefined) throw new UnauthenticatedError('There are no credentials', { phase: 'credentials' });
    return credentials;
  }

  /** Fetches anew after a refusal. Resolves `false` when there is nothing to fetch. */
  async renew(options: CallOptions): Promise<boolean> {
    if (this.#cached === undefined) return false;
    this.#cached.forget();
    await this.#cached.get(options);
    return true;
  }
}

async function ask(provider: CredentialProvider<AccessKeyCredentials>, options: CallOptions): Promise<AccessKeyCredentials> {
  let credentials: AccessKeyCredentials | undefined;
  try {
    credentials = await provider(options);
  } catch (error) {
    if (CloudError.is(error)) throw error;
    throw new UnauthenticatedError(`The credential provider failed: ${error instanceof Error ? error.message : String(error)}`, { phase: 'credentials', cause: error });
  }
  if (!credentials?.accessKeyId || !credentials.secretAccessKey) throw new UnauthenticatedError('The credential provider gave no access key', { phase: 'credentials' });
  return credentials;
}
