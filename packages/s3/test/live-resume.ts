import { createHash } from 'node:crypto';
import type { AccessKeyCredentials, ChecksumAlgorithm, PutObjectOptions } from '@cmx/cloud-core';
import { startFaultProxy, type FaultProxy } from '@cmx/conformance';
import type { CaseMeta } from '@cmx/conformance/reporter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Deviations } from '../../../tools/live-deviations.ts';
import { S3CompatibleClient, type S3CompatibleClientOptions, type S3Dialect } from '../src/index.ts';

/** Where uploads are broken off. */
export interface ResumingServer {
  readonly name: string;
  readonly dialect: S3Dialect;
  readonly options: S3CompatibleClientOptions & { readonly endpoint: string };
  readonly own: AccessKeyCredentials;
  /** What it is known to fail, by the sentence of the case. Such a case must fail. */
  readonly deviations: Deviations;
}

const BUCKET = `cmx-test-${crypto.randomUUID()}`;
const DAY_IN_MS = 86_400_000;
/** Lists of some servers give times in seconds. */
const NEXT_SECOND_IN_MS = 1100;

/** Uploads that the network breaks off and that are resumed, and those that nobody resumes, as a real server meets them. */
export function describeResume({ name, dialect, options, own, deviations }: ResumingServer): void {
  const { limits, checksums, resumableUploads } = dialect.capabilities;
  const part = limits.minPartBytes;
  /** Three parts and a bit. */
  const body = Uint8Array.from({ length: 3 * part + 100 }, (_, index) => (index * 7 + (index >> 8)) % 256);
  const algorithms: readonly (ChecksumAlgorithm | undefined)[] = [undefined, ...checksums.slice(0, 1)];
  const test = (sentence: string, run: () => Promise<void>): void => {
    const deviation = deviations[sentence];
    const cmx: CaseMeta = { contract: 'storage', behaviour: '20 uploads taken up again', client: 's3', server: name, deviation, without: [] };
    const add = deviation === undefined ? it : it.fails;
    add(sentence, { timeout: 60_000 }, ({ task }) => {
      Object.assign(task.meta, { cmx });
      return run();
    });
  };

  // Needs uploads in parts whose parts are listed, which the dialect says.
  describe.runIf(resumableUploads)(`unfinished uploads of ${name}`, () => {
    let proxy: FaultProxy;
    let client: S3CompatibleClient;
    let key: string;

    beforeAll(async () => {
      proxy = await startFaultProxy({ target: options.endpoint });
      client = new S3CompatibleClient({ ...options, endpoint: proxy.url, credentials: own, retry: { maxAttempts: 1 } });
      await client.createBucket(BUCKET);
    });
    afterAll(async () => {
      await client.deleteBucket(BUCKET, { force: true });
      await client.close();
      await proxy.close();
    });
    beforeEach(async () => {
      proxy.clear();
      await client.abortUnfinishedUploads(BUCKET, { startedBefore: new Date(Date.now() + DAY_IN_MS) });
      key = `cmx-test-${crypto.randomUUID()}`;
    });

    const partsSent = (): number => proxy.requests.filter(({ method, path }) => method === 'PUT' && path.includes('partNumber=')).length;
    const unfinished = async (): Promise<string[]> => {
      const ids: string[] = [];
      for await (const { uploadId } of client.listMultipartUploads(BUCKET)) ids.push(uploadId);
      return ids;
    };
    const put = async (more: PutObjectOptions, bytes = body): Promise<void> => void (await client.putObject(BUCKET, key, bytes, { partSizeInBytes: part, concurrency: 1, ...more }));
    const expectStored = async (bytes: Uint8Array): Promise<void> => expect(hash(await (await client.getObject(BUCKET, key)).bytes())).toBe(hash(bytes));
    /** Two parts arrive, the third does not. */
    const breakOff = async (more: PutObjectOptions): Promise<void> => {
      proxy.use({ method: 'PUT', path: /partNumber=3/, fault: { kind: 'reset', by: 'rst' } });
      await expect(put(more)).rejects.toMatchObject({ code: 'unavailable' });
      proxy.clear();
    };

    for (const checksumAlgorithm of algorithms) {
      const by = checksumAlgorithm ?? 'ETags alone';

      test(`leaves nothing, unless it is to be resumed, by ${by}`, async () => {
        await breakOff({ checksumAlgorithm });
        expect(await unfinished()).toEqual([]);
        await breakOff({ checksumAlgorithm, resume: true });
        expect(await unfinished()).toHaveLength(1);
      });

      test(`goes on where it stopped, by ${by}`, async () => {
        await breakOff({ checksumAlgorithm, resume: true });
        await put({ checksumAlgorithm, resume: true });
        expect(partsSent()).toBe(2);
        await expectStored(body);
        expect(await unfinished()).toEqual([]);
      });

      test(`sends again what has changed since, by ${by}`, async () => {
        await breakOff({ checksumAlgorithm, resume: true });
        const changed = body.slice();
        changed[5] = 255;
        await put({ checksumAlgorithm, resume: true }, changed);
        expect(partsSent()).toBe(3);
        await expectStored(changed);
      });

      test(`goes on with the one that is named, by ${by}`, async () => {
        await breakOff({ checksumAlgorithm, resume: true });
        const [named = ''] = await unfinished();
        await client.createMultipartUpload(BUCKET, key, { checksumAlgorithm });
        await put({ checksumAlgorithm, resume: named });
        expect(partsSent()).toBe(2);
        await expectStored(body);
      });
    }

    test('goes on with the newest', async () => {
      const { uploadId: older } = await client.createMultipartUpload(BUCKET, key);
      await new Promise((resolve) => setTimeout(resolve, NEXT_SECOND_IN_MS));
      const { uploadId } = await client.createMultipartUpload(BUCKET, key);
      await client.uploadPart(BUCKET, key, uploadId, 1, body.subarray(0, part));
      proxy.clear();
      await put({ resume: true });
      expect(partsSent()).toBe(3);
      expect(await unfinished()).toEqual([older]);
    });

    test('says that the one that is named is gone', async () => {
      const { uploadId } = await client.createMultipartUpload(BUCKET, key);
      await client.abortMultipartUpload(BUCKET, key, uploadId);
      await expect(put({ resume: uploadId })).rejects.toMatchObject({ code: 'not_found' });
    });

    test('aborts what nobody resumes, below a prefix, and says what', async () => {
      const { uploadId } = await client.createMultipartUpload(BUCKET, `a/${key}`);
      await client.uploadPart(BUCKET, `a/${key}`, uploadId, 1, body.subarray(0, 100));
      const { uploadId: other } = await client.createMultipartUpload(BUCKET, `b/${key}`);
      const aborted = await client.abortUnfinishedUploads(BUCKET, { prefix: 'a/', startedBefore: new Date(Date.now() + DAY_IN_MS) });
      expect(aborted).toMatchObject([{ key: `a/${key}`, uploadId }]);
      expect(await unfinished()).toEqual([other]);
    });

    test('leaves what is younger than a day unless told otherwise', async () => {
      const { uploadId } = await client.createMultipartUpload(BUCKET, key);
      expect(await client.abortUnfinishedUploads(BUCKET)).toEqual([]);
      expect(await unfinished()).toEqual([uploadId]);
    });
  });
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
