import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { report } from './cold-report.mjs';

const client = new S3Client({ endpoint: process.argv[2], region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
await client.send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'key' }));
report();
