import { CloudError, errorFromCode, UnauthenticatedError, type AccessKeyCredentials, type CallOptions, type CredentialProvider } from '@cmx/cloud-core';
import { readSharedProfile, type SharedProfile } from './shared-profile.ts';

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

/** Credentials this close to their end are renewed before they are used. */
const RENEW_BEFORE_END_IN_MS = 300_000;

/** A provider's credentials, kept while they last and fetched once for all calls that wait. */
export class CredentialSource {
  readonly #provider: CredentialProvider<AccessKeyCredentials> | undefined;
  #current: AccessKeyCredentials | undefined;
  #fetching: Promise<AccessKeyCredentials> | undefined;

  constructor(source: AccessKeyCredentials | CredentialProvider<AccessKeyCredentials>) {
    if (typeof source === 'function') this.#provider = source;
    else this.#current = source;
  }

  /** Credentials that hold at `now`: at once when they are at hand. */
  get(now: number, options: CallOptions): AccessKeyCredentials | Promise<AccessKeyCredentials> {
    const current = this.#current;
    if (current !== undefined && (this.#provider === undefined || !endsBefore(current, now + RENEW_BEFORE_END_IN_MS))) return current;
    return this.#fetch(options).catch((error: unknown) => {
      if (current !== undefined && !endsBefore(current, now)) return current;
      throw error;
    });
  }

  /** Fetches anew after a refusal. Resolves `false` when that gave nothing else than before. */
  async renew(options: CallOptions): Promise<boolean> {
    if (this.#provider === undefined) return false;
    const before = this.#current;
    const after = await this.#fetch(options);
    return before?.accessKeyId !== after.accessKeyId || before.secretAccessKey !== after.secretAccessKey || before.sessionToken !== after.sessionToken;
  }

  /** Many calls wait for one answer, so no single caller's signal may end it. */
  #fetch(options: CallOptions): Promise<AccessKeyCredentials> {
    this.#fetching ??= this.#ask().finally(() => (this.#fetching = undefined));
    return options.abortSignal === undefined ? this.#fetching : untilAborted(this.#fetching, options.abortSignal);
  }

  async #ask(): Promise<AccessKeyCredentials> {
    try {
      this.#current = await this.#provider?.({});
    } catch (error) {
      if (CloudError.is(error)) throw error;
      throw errorFromCode('unauthenticated', `The credential provider failed: ${error instanceof Error ? error.message : String(error)}`, { phase: 'credentials', cause: error });
    }
    if (!this.#current?.accessKeyId || !this.#current.secretAccessKey) throw new UnauthenticatedError('The credential provider gave no access key', { phase: 'credentials' });
    return this.#current;
  }
}

function endsBefore({ expiresAt }: AccessKeyCredentials, time: number): boolean {
  return expiresAt !== undefined && expiresAt.getTime() <= time;
}

function untilAborted<T>(promise: Promise<T>, abortSignal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortSignal.reason as Error);
    if (abortSignal.aborted) return stop();
    abortSignal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => abortSignal.removeEventListener('abort', stop));
  });
}
