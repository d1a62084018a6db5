import { S3CompatibleClient } from '@cmx/s3';
import { report } from './cold-report.mjs';

const client = new S3CompatibleClient({ endpoint: process.argv[2], region: 'us-east-1', dialect: 'aws', addressing: 'path', credentials: { kind: 'access_key', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
await client.getObjectMetadata('bucket', 'key');
report();
