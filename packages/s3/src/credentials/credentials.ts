import { CachedCredentials, CloudError, UnauthenticatedError, type AccessKeyCredentials, type CallOptions, type Clock, type CredentialProvider } from '@cmx/cloud-core';
import { processEnvironment, type Environment, type SharedFileOptions } from './environment.ts';

/** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or nothing when a key is not set. */
export function credentialsFromEnvironment(environment: Environment = processEnvironment()): AccessKeyCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  return accessKeyId && secretAccessKey ? { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined } : undefined;
}

/** A provider that takes the environment's keys, else the shared files'. */
export function defaultCredentials(options: SharedFileOptions = {}): CredentialProvider<AccessKeyCredentials> {
  return async (callOptions) => credentialsFromEnvironment(options.environment) ?? (await import('./shared-credentials.ts')).credentialsFromSharedFiles(options)(callOptions);
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
