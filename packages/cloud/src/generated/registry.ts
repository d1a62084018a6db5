// Made by tools/generate-registry.mjs from the packages of the workspace. Do not edit.
import type { RegisteredClient, RegisteredConnectionType } from '../registry.ts';

export const CLIENTS: readonly RegisteredClient[] = [
  { provider: 'aws', service: 'storage', client: 'S3Client', packageName: '@cmx/aws', requires: ['@aws-sdk/client-s3', '@aws-sdk/credential-providers'] },
  { provider: 'aws', service: 'inventory', client: 'AwsCloudClient', packageName: '@cmx/aws', requires: ['@aws-sdk/client-s3', '@aws-sdk/credential-providers'] },
  { provider: 'coda', service: 'docs', client: 'CodaClient', packageName: '@cmx/coda', requires: [] },
  { provider: 'infomaniak', service: 'newsletter', client: 'InfomaniakNewsletterClient', packageName: '@cmx/infomaniak-newsletter', requires: [] },
  { provider: 'local', service: 'storage', client: 'LocalStorageClient', packageName: '@cmx/local', requires: [] },
  { provider: 's3', service: 'storage', client: 'S3CompatibleClient', packageName: '@cmx/s3', requires: [] },
];

/** Each is imported when a connection of its type is opened, and not before. */
export const CONNECTION_TYPES: readonly RegisteredConnectionType[] = [
  { type: 'aws', title: 'Amazon Web Services', packageName: '@cmx/aws', load: async () => (await import('@cmx/aws')).awsConnection },
  { type: 'coda', title: 'Coda docs', packageName: '@cmx/coda', load: async () => (await import('@cmx/coda')).codaConnection },
  { type: 'infomaniak-newsletter', title: 'An Infomaniak newsletter', packageName: '@cmx/infomaniak-newsletter', load: async () => (await import('@cmx/infomaniak-newsletter')).infomaniakNewsletterConnection },
  { type: 'local', title: 'A directory on this machine', packageName: '@cmx/local', load: async () => (await import('@cmx/local')).localConnection },
  { type: 's3', title: 'An S3-compatible service', packageName: '@cmx/s3', load: async () => (await import('@cmx/s3')).s3Connection },
];
