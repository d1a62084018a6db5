import { getConnection } from '@cmx/cloud';
import type { ProbeS3Options } from '@cmx/cloud/s3';
import { InvalidArgumentError } from '@cmx/cloud-core';
import type { Finding } from '../doctor.ts';
import type { OperationContext } from '../operation-context.ts';

/** Finds out what an S3 service can do. First comes what kind it is, with the dialect; then what was tried, and what was seen. */
export async function* probeEndpoint(endpoint: string, input: { bucket?: string | undefined; connection?: string | undefined }, context: OperationContext): AsyncGenerator<Finding> {
  const { probeS3Endpoint } = await import('@cmx/cloud/s3');
  const { abortSignal, timeoutInMs, logger } = context;
  const { name, dialect, evidence } = await probeS3Endpoint(endpoint, { ...(await accessOf(input.connection, context)), bucket: input.bucket, abortSignal, timeoutInMs, logger });
  for (const { subject, works, evidence: seen } of evidence) {
    if (subject === 'name') yield { check: 'dialect', status: 'ok', detail: `${name} (${seen})`, dialect: { ...dialect } };
    else yield { check: subject, status: works ? 'ok' : 'absent', detail: seen };
  }
}

/** @throws {InvalidArgumentError} The connection has no keys of S3. */
async function accessOf(name: string | undefined, { connections, logger }: OperationContext): Promise<Pick<ProbeS3Options, 'credentials' | 'region'>> {
  const { credentialsFromSharedFiles, defaultCredentials } = await import('@cmx/cloud/s3');
  const environment = connections.env;
  if (name === undefined) return { credentials: defaultCredentials({ environment }), region: environment?.['AWS_REGION'] };
  const { type, settings } = await getConnection(name, { logger, ...connections });
  if (type !== 's3' && type !== 'aws') {
    throw new InvalidArgumentError(`A probe needs the keys of a connection of type s3 or aws, and this is of type ${type}`, { operation: 'probe', resource: { type: 'connection', name } });
  }
  const { region, profile, accessKeyId, secretAccessKey, sessionToken } = settings;
  if (accessKeyId && secretAccessKey) return { credentials: { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken }, region };
  return { credentials: profile === undefined ? defaultCredentials({ environment }) : credentialsFromSharedFiles({ profile, environment }), region };
}
