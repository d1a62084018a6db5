import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { createSkippingClock } from '@cmx/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3CompatibleClient, type S3CompatibleClientOptions } from '../src/index.ts';
import { LENIENT } from './live-deviations.ts';

/** Where trouble is made. */
export interface TroubledServer {
  readonly name: string;
  readonly options: S3CompatibleClientOptions;
  readonly own: AccessKeyCredentials;
  /** Keys of somebody else, where there is anybody else. */
  readonly stranger: AccessKeyCredentials | undefined;
}

const BUCKET = `cmx-test-${crypto.randomUUID()}`;
const HOUR_IN_MS = 3_600_000;

/** Every way to ask for what is there. None may say that it is not. */
const CALLS: readonly (readonly [method: string, call: (client: S3CompatibleClient) => Promise<unknown>])[] = [
  ['getObject', async (client) => (await client.getObject(BUCKET, 'key')).text()],
  ['getObjectMetadata', (client) => client.getObjectMetadata(BUCKET, 'key')],
  ['objectExists', (client) => client.objectExists(BUCKET, 'key')],
  ['bucketExists', (client) => client.bucketExists(BUCKET)],
  ['listObjects', (client) => client.listObjects(BUCKET)[Symbol.asyncIterator]().next()],
  ['putObject', (client) => client.putObject(BUCKET, 'other', 'content')],
];

/** Wrong credentials, a wrong region and a wrong clock, as a real server meets them. */
export function describeTrouble({ name, options, own, stranger }: TroubledServer): void {
  const lenient = LENIENT[name] ?? [];
  const open = (more: S3CompatibleClientOptions): S3CompatibleClient => new S3CompatibleClient({ ...options, ...more });

  describe(`${name} in trouble`, () => {
    const owner = open({ credentials: own });
    beforeAll(async () => {
      await owner.createBucket(BUCKET);
      await owner.putObject(BUCKET, 'key', 'content');
    });
    afterAll(async () => {
      await owner.deleteBucket(BUCKET, { force: true });
      await owner.close();
    });

    const refused: readonly (readonly [who: string, credentials: S3CompatibleClientOptions['credentials'], code: string, applies: boolean])[] = [
      ['a wrong secret', { ...own, secretAccessKey: 'wrong' }, 'unauthenticated', !lenient.includes('signatures')],
      ['an unknown key', { ...own, accessKeyId: 'NOBODYNOBODY' }, 'unauthenticated', !lenient.includes('signatures')],
      ['a token that is none', { ...own, sessionToken: 'expired' }, 'unauthenticated', !lenient.includes('tokens')],
      ['nobody', 'anonymous', 'permission_denied', !lenient.includes('anonymous')],
      ['somebody else', stranger, 'permission_denied', stranger !== undefined],
    ];
    for (const [who, credentials, code] of refused.filter(([, , , applies]) => applies)) {
      it.each(CALLS)(`refuses ${who}: %s`, async (_, call) => {
        const client = open({ credentials });
        await expect(call(client)).rejects.toMatchObject({ code, retryable: false, attempts: 1 });
        await client.close();
      });
    }

    const healed: readonly (readonly [what: string, more: S3CompatibleClientOptions])[] = [
      ['a client of another region', { region: 'nowhere-9' }],
      ['a clock an hour ahead', { clock: createSkippingClock(HOUR_IN_MS) }],
      ['a clock an hour behind', { clock: createSkippingClock(-HOUR_IN_MS) }],
    ];
    for (const [what, more] of healed) {
      it(`gets along with ${what}`, async () => {
        const client = open({ credentials: own, ...more });
        for (const [, call] of CALLS) await call(client);
        await client.close();
      });
    }

    // Needs keys of somebody else, which not every server can be given.
    it.runIf(stranger !== undefined)('does not let somebody else create the same bucket', async () => {
      const client = open({ credentials: stranger });
      await expect(client.createBucket(BUCKET)).rejects.toMatchObject({ code: 'already_exists' });
      await client.close();
    });
  });
}
