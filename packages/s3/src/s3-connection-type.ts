import { InvalidArgumentError, type ConnectionSettings, type ConnectionType } from '@cmx/cloud-core';
import { defaultCredentials } from './credentials/credentials.ts';
import type { Environment } from './credentials/environment.ts';
import type { S3DialectName } from './dialects/dialect.ts';
import { S3_DIALECTS } from './dialects/dialects.ts';
import type { S3Credentials } from './s3-client-options.ts';
import { S3CompatibleClient } from './s3-compatible-client.ts';

const DIALECT_NAMES = /* @__PURE__ */ Object.keys(S3_DIALECTS) as S3DialectName[];

/** Any S3-compatible service as a connection. Without keys, those of the environment or of the shared files are taken. */
export const s3Connection: ConnectionType = {
  type: 's3',
  title: 'An S3-compatible service',
  fields: [
    { name: 'endpoint', label: 'Endpoint URL', help: 'Such as https://s3.example.com or http://127.0.0.1:9000', required: true, environment: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] },
    { name: 'region', label: 'Region', help: "Default: the dialect's own", environment: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
    { name: 'accessKeyId', label: 'Access key id', environment: ['AWS_ACCESS_KEY_ID'] },
    { name: 'secretAccessKey', label: 'Secret access key', secret: true, environment: ['AWS_SECRET_ACCESS_KEY'] },
    { name: 'sessionToken', label: 'Session token', help: 'Of temporary keys', secret: true, environment: ['AWS_SESSION_TOKEN'] },
    { name: 'dialect', label: 'Kind of service', help: 'Default generic; cmx doctor ENDPOINT finds out', choices: DIALECT_NAMES, environment: ['CMX_S3_DIALECT'] },
    { name: 'addressing', label: 'Where the name of the bucket goes', help: "Default: the dialect's own", choices: ['path', 'virtual'], environment: ['CMX_S3_ADDRESSING'] },
  ],
  openStorage(settings, { env, logger, retry, telemetry }) {
    const { endpoint, region, dialect = 'generic', addressing } = settings;
    if (!isOneOf(DIALECT_NAMES, dialect)) throw wrong(`The setting dialect must be one of ${DIALECT_NAMES.join(', ')}`);
    if (addressing !== undefined && !isOneOf(['path', 'virtual'] as const, addressing)) throw wrong('The setting addressing must be path or virtual');
    return new S3CompatibleClient({ endpoint, region, dialect, addressing, credentials: credentialsOf(settings, env), logger, retry, telemetry });
  },
};

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: ConnectionSettings, environment: Environment | undefined): S3Credentials {
  if (accessKeyId === undefined && secretAccessKey === undefined) return defaultCredentials({ environment });
  if (!accessKeyId || !secretAccessKey) throw wrong('The settings accessKeyId and secretAccessKey must be given together');
  return { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
}

function isOneOf<T extends string>(choices: readonly T[], value: string): value is T {
  return choices.some((choice) => choice === value);
}

function wrong(reason: string): InvalidArgumentError {
  return new InvalidArgumentError(reason, { service: 's3', operation: 'openConnection' });
}
