import { startS3Service } from '@cmx/s3/testing';

export const examples = { 'First call': '2026/beach.jpg 3', 'A service for your tests': 'content' };

export async function start() {
  const { url, clientOptions, close } = await startS3Service({ region: 'eu-central-2' });
  const { accessKeyId, secretAccessKey } = clientOptions.credentials;
  return {
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    replace: { "new S3Client({ region: 'eu-central-2' })": `new S3Client({ region: 'eu-central-2', endpoint: '${url}' })` },
    stop: close,
  };
}
