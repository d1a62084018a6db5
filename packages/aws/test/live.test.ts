import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { S3Client } from '../src/index.ts';
import { describeAdministration, type AdministrationHarness } from './administration.ts';
import { describeContract } from './describe-contract.ts';
import { LIVE_DEVIATIONS } from './live-deviations.ts';

/** A server of `CMX_LIVE_S3` that answers as AWS does. */
interface LiveServer {
  readonly name: string;
  readonly endpoint: string;
  readonly region?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly dialect: string;
  /** Other keys of the same user, without which the case is left out in which the first are refused in mid-run. */
  readonly other?: Omit<AccessKeyCredentials, 'kind'>;
  /** What it is known to fail, besides what is known here of its name. */
  readonly deviations?: Readonly<Record<string, string>>;
}

/** Moto does not verify who asks: any keys will do. */
const ANYBODY = { accessKeyId: 'other', secretAccessKey: 'other', sessionToken: 'renewed' };

const given = (JSON.parse(process.env.CMX_LIVE_S3 ?? '[]') as LiveServer[]).filter(({ dialect }) => dialect === 'aws');
const moto: LiveServer[] = process.env.CMX_LIVE_MOTO ? [{ name: 'moto', endpoint: process.env.CMX_LIVE_MOTO, accessKeyId: 'testing', secretAccessKey: 'testing', dialect: 'aws' }] : [];
const servers = given.length > 0 ? given : moto;

for (const { name, endpoint, region = 'us-east-1', accessKeyId, secretAccessKey, other = name === 'moto' ? ANYBODY : undefined, deviations: more } of servers) {
  const deviations = { ...LIVE_DEVIATIONS[name], ...more };
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
    const open = (): AdministrationHarness => ({
      client,
      name() {
        const bucket = `cmx-test-${crypto.randomUUID()}`;
        made.push(bucket);
        return bucket;
      },
    });
    describeAdministration(name, open, deviations);
  });

  describe(`contract on ${name}`, () => {
    const server = { endpoint, region, credentials, renew: () => ({ ...credentials, ...other }), close: async () => undefined };
    describeContract(name, async () => server, { deviations, renewal: other !== undefined, timeoutInMs: 60_000 });
  });
}

// Live servers are given from outside; without one the run says so.
it.skipIf(servers.length > 0)('needs CMX_LIVE_MOTO, or a server with the dialect aws in CMX_LIVE_S3', ({ skip }) => skip('neither CMX_LIVE_MOTO nor CMX_LIVE_S3 names one'));
