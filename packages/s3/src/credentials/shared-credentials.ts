import { UnauthenticatedError, type AccessKeyCredentials, type CredentialProvider } from '@cmx/cloud-core';
import { processEnvironment, type SharedFileOptions } from './environment.ts';
import { readSharedProfile, type SharedProfile } from './shared-profile.ts';

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
