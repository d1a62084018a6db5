import { describeStorageContract, S3_WIRE } from '@cmx/conformance';
import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { S3_CAPABILITIES, S3Client } from '../src/index.ts';
import { describeAdministration } from './administration.ts';
import { MOTO_DEVIATIONS, MOTO_GAPS } from './moto.ts';

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

for (const { name, endpoint, region = 'us-east-1', accessKeyId, secretAccessKey, deviations } of servers) {
  const own: AccessKeyCredentials = { kind: 'access_key', accessKeyId, secretAccessKey };
  const options = { region, addressing: 'path' } as const;

  describe(`administration of ${name}`, () => {
    let client: S3Client;
    const made: string[] = [];
    beforeAll(() => {
      client = new S3Client({ ...options, endpoint, credentials: own });
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

  describe(`contract on ${name}`, () => {
    describeStorageContract({
      name: 'aws',
      server: name,
      capabilities: S3_CAPABILITIES,
      wire: S3_WIRE,
      deviations: deviations ?? (name === 'moto' ? MOTO_DEVIATIONS : {}),
      timeoutInMs: 60_000,
      hygieneRounds: 200,
      async nativeRead(client, bucket, key) {
        const { GetObjectCommand } = await import('@aws-sdk/client-s3');
        const { Body } = await (await (client as unknown as S3Client).native()).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body?.transformToString() ?? '';
      },
      async open() {
        const client = new S3Client({ ...options, endpoint, credentials: own });
        const bucket = `cmx-test-${crypto.randomUUID()}`;
        await client.createBucket(bucket);
        return {
          client,
          bucket,
          http: {
            target: endpoint,
            async open(proxy, { onRenewal, ...wire }) {
              let asked = 0;
              const credentials = async (): Promise<AccessKeyCredentials> => {
                if (asked++ > 0) onRenewal?.();
                return asked === 1 ? own : { ...own, sessionToken: `renewed-${String(asked)}` };
              };
              return new S3Client({ ...options, ...wire, endpoint: proxy, credentials });
            },
          },
          async close() {
            await client.deleteBucket(bucket, { force: true });
            await client.close();
          },
        };
      },
    });
  });
}

// Live servers are given from outside; without one the run says so.
it.skipIf(servers.length > 0)('needs CMX_LIVE_MOTO, or a server with the dialect aws in CMX_LIVE_S3', ({ skip }) => skip('neither CMX_LIVE_MOTO nor CMX_LIVE_S3 names one'));
