import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { S3Client } from '../src/index.ts';
import { describeAdministration } from './administration.ts';
import { describeContract } from './describe-contract.ts';
import { MOTO_GAPS } from './moto-gaps.ts';

/** A server of `CMX_LIVE_S3` that answers as AWS does. */
interface LiveServer {
  readonly name: string;
  readonly endpoint: string;
  readonly region?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly dialect: string;
  readonly deviations?: Readonly<Record<string, string>>;
}

const given = (JSON.parse(process.env.CMX_LIVE_S3 ?? '[]') as LiveServer[]).filter(({ dialect }) => dialect === 'aws');
const moto: LiveServer[] = process.env.CMX_LIVE_MOTO ? [{ name: 'moto', endpoint: process.env.CMX_LIVE_MOTO, accessKeyId: 'testing', secretAccessKey: 'testing', dialect: 'aws' }] : [];
const servers = given.length > 0 ? given : moto;

for (const { name, endpoint, region = 'us-east-1', accessKeyId, secretAccessKey, deviations = {} } of servers) {
  const credentials: AccessKeyCredentials = { kind: 'access_key', accessKeyId, secretAccessKey };

  describe(`administration of ${name}`, () => {
    let client: S3Client;
    const made: string[] = [];
    beforeAll(() => {
      client = new S3Client({ region, addressing: 'path', endpoint, credentials });
    });
    afterAll(async () => {
      for (const bucket of made) {
        await client.deleteBucket(bucket, { force: true }).catch(() => undefined); // what is locked until 2100 stays
      }
      await client.close();
    });
    describeAdministration(() => ({
      client,
      name() {
        made.push(`cmx-test-${crypto.randomUUID()}`);
        return made.at(-1)!;
      },
    }), name === 'moto' ? MOTO_GAPS : {});
  });

  // Objects on moto are @cmx/s3's to try, which knows what it does otherwise.
  if (name === 'moto') continue;
  describe(`contract on ${name}`, () => {
    const server = { endpoint, region, credentials, renew: (count: number) => ({ ...credentials, sessionToken: `renewed-${String(count)}` }), close: async () => undefined };
    describeContract(name, async () => server, { deviations, timeoutInMs: 60_000 });
  });
}

// Live servers are given from outside; without one the run says so.
it.skipIf(servers.length > 0)('needs CMX_LIVE_MOTO, or a server with the dialect aws in CMX_LIVE_S3', ({ skip }) => skip('neither CMX_LIVE_MOTO nor CMX_LIVE_S3 names one'));
