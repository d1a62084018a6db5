import { getConnection, type Connection } from '@cmx/cloud';
import type { ProbeS3Options } from '@cmx/cloud/s3';
import { InvalidArgumentError, type AccessKeyCredentials, type CredentialProvider } from '@cmx/cloud-core';
import type { Finding } from '../doctor.ts';
import { withHint } from '../error-report.ts';
import type { OperationContext } from '../operation-context.ts';
import { callOptions } from './select-source.ts';

/** Finds out what an S3 service can do. First comes what kind it is, with the dialect; then what was tried, and what was seen. */
export async function* probeEndpoint(endpoint: string, input: { bucket?: string | undefined; connection?: string | undefined }, context: OperationContext): AsyncGenerator<Finding> {
  const { probeS3Endpoint } = await import('@cmx/cloud/s3');
  const { abortSignal, timeoutInMs, logger, connections } = context;
  const access = await accessOf(input.connection, context);
  const { name, dialect, evidence } = await probeS3Endpoint(endpoint, { ...access, bucket: input.bucket, abortSignal, timeoutInMs, logger, telemetry: connections.telemetry });
  for (const { subject, works, evidence: seen } of evidence) {
    if (subject === 'name') yield { check: 'dialect', status: 'ok', detail: `${name} (${seen})`, fix: adviceFor(name, endpoint), dialect: { ...dialect } };
    else yield { check: subject, status: works === undefined ? 'untried' : works ? 'ok' : 'absent', detail: seen };
  }
}

/** A connection that is not told otherwise takes every service for a generic one. */
function adviceFor(dialect: string, endpoint: string): string | undefined {
  return dialect === 'generic' ? undefined : `cmx configure NAME --type s3 --set endpoint=${endpoint} --set dialect=${dialect}`;
}

/** @throws {InvalidArgumentError} The connection has no keys of S3. @throws {UnauthenticatedError} Neither has the environment. */
async function accessOf(name: string | undefined, context: OperationContext): Promise<Pick<ProbeS3Options, 'credentials' | 'region'>> {
  const { defaultCredentials } = await import('@cmx/cloud/s3');
  const { connections, logger } = context;
  const environment = connections.env;
  if (name === undefined) return { credentials: await keysOf(defaultCredentials({ environment }), context), region: environment?.['AWS_REGION'] };
  const connection = await getConnection(name, { logger, ...connections });
  if (connection.type !== 's3' && connection.type !== 'aws') {
    throw new InvalidArgumentError(`A probe needs the keys of a connection of type s3 or aws, and this is of type ${connection.type}`, { operation: 'probe', resource: { type: 'connection', name } });
  }
  return { credentials: await credentialsOf(connection, context), region: connection.setting('region') };
}

async function credentialsOf(connection: Connection, context: OperationContext): Promise<AccessKeyCredentials> {
  const { credentialsFromSharedFiles, defaultCredentials } = await import('@cmx/cloud/s3');
  const [accessKeyId, secretAccessKey, sessionToken, profile] = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'profile'].map((setting) => connection.setting(setting));
  if (accessKeyId && secretAccessKey) return { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
  const environment = context.connections.env;
  return keysOf(profile === undefined ? defaultCredentials({ environment }) : credentialsFromSharedFiles({ profile, environment }), context);
}

/** Keys are got before the probe begins, which otherwise takes it for the service's answer that there are none. */
async function keysOf(provider: CredentialProvider<AccessKeyCredentials>, context: OperationContext): Promise<AccessKeyCredentials> {
  try {
    return await provider(callOptions(context));
  } catch (error) {
    throw withHint(error, 'Name a connection of type s3 or aws with -c, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  }
}
