import { InvalidArgumentError, type AccessKeyCredentials, type ConnectionContext, type ConnectionField, type ConnectionSettings, type ConnectionType } from '@cmx/cloud-core';
import { AwsCloudClient } from './aws-cloud-client.ts';
import { resolveAwsRegion } from './region.ts';
import { S3Client } from './s3/s3-client.ts';
import { listAwsProfiles } from './shared-config.ts';

/** The profiles there are on this machine, read when somebody is asked; without any, a name can be typed. */
const PROFILE: ConnectionField = {
  name: 'profile',
  label: 'Profile',
  help: 'Of ~/.aws/config and ~/.aws/credentials, single sign-on and roles included. Wins over keys.',
  environment: ['AWS_PROFILE'],
  get choices() {
    const profiles = listAwsProfiles();
    return profiles.length > 0 ? profiles : undefined;
  },
};

/**
 * AWS as a connection: by profile, by keys, or by neither, which leaves it to the AWS SDK's default chain. An endpoint makes it
 * another service that answers as AWS does.
 */
export const awsConnection: ConnectionType = {
  type: 'aws',
  title: 'Amazon Web Services',
  fields: [
    PROFILE,
    { name: 'region', label: 'Region', help: 'Such as eu-central-2. Default: the profile’s, else us-east-1', environment: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
    { name: 'endpoint', label: 'Endpoint URL', help: 'Only for other services than AWS, or for its private endpoints', environment: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] },
    { name: 'accessKeyId', label: 'Access key id', help: 'Not needed with a profile', environment: ['AWS_ACCESS_KEY_ID'] },
    { name: 'secretAccessKey', label: 'Secret access key', secret: true, environment: ['AWS_SECRET_ACCESS_KEY'] },
    { name: 'sessionToken', label: 'Session token', help: 'Of temporary keys', secret: true, environment: ['AWS_SESSION_TOKEN'] },
  ],
  openStorage: open,
  openClient(settings, context) {
    return new AwsCloudClient({ storage: open(settings, context), logger: context.logger });
  },
};

function open(settings: ConnectionSettings, { env = process.env, logger, retry, telemetry }: ConnectionContext): S3Client {
  const { profile, endpoint } = settings;
  const region = settings['region'] ?? resolveAwsRegion({ profile, environment: env });
  const credentials = profile === undefined ? keysOf(settings) : undefined;
  return new S3Client({ profile, region, endpoint, credentials, logger, retry, telemetry });
}

function keysOf({ accessKeyId, secretAccessKey, sessionToken }: ConnectionSettings): AccessKeyCredentials | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (!accessKeyId || !secretAccessKey) throw new InvalidArgumentError('The settings accessKeyId and secretAccessKey must be given together', { provider: 'aws' });
  return { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
}
