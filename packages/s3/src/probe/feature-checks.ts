import type { StorageFeature } from '@cmx/cloud-core';
import { keysUnder, observe, refusal, type Check, type Probed } from './expectations.ts';

const STALE = '"00000000000000000000000000000000"';
const HOUR_IN_MS = 3_600_000;

async function put({ client, bucket }: Probed, key: string, body = 'probe'): Promise<string> {
  return (await client.putObject(bucket, key, body)).etag;
}

async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

/** Begins an upload with one part, and gives it up whatever becomes of it. */
async function withUpload({ client, bucket }: Probed, key: string, work: (uploadId: string) => Promise<string>): Promise<string> {
  const { uploadId } = await client.createMultipartUpload(bucket, key);
  try {
    return await work(uploadId);
  } finally {
    await client.abortMultipartUpload(bucket, key, uploadId);
  }
}

/** One check for each yes-or-no capability that can be observed on a single bucket. */
export const FEATURE_CHECKS: Readonly<Partial<Record<StorageFeature, Check>>> = {
  async listBuckets({ client, bucket }) {
    for await (const { name } of client.listBuckets()) if (name === bucket) return 'the bucket is listed';
    return 'a list, without the bucket';
  },
  async createOnlyPut(probed, key) {
    await put(probed, key);
    return refusal(probed.client.putObject(probed.bucket, key, 'other', { ifNoneMatch: '*' }), 'precondition_failed');
  },
  async conditionalPut(probed, key) {
    const etag = await put(probed, key);
    await probed.client.putObject(probed.bucket, key, 'probe', { ifMatch: etag });
    return refusal(probed.client.putObject(probed.bucket, key, 'other', { ifMatch: STALE }), 'precondition_failed');
  },
  async conditionalMultipart(probed, key) {
    await put(probed, key);
    return withUpload(probed, key, async (uploadId) => {
      const part = await probed.client.uploadPart(probed.bucket, key, uploadId, 1, new TextEncoder().encode('part'));
      return refusal(probed.client.completeMultipartUpload(probed.bucket, key, uploadId, [part], { ifNoneMatch: '*' }), 'precondition_failed');
    });
  },
  async conditionalGet(probed, key) {
    const etag = await put(probed, key);
    await refusal(probed.client.getObjectMetadata(probed.bucket, key, { ifMatch: STALE }), 'precondition_failed');
    return refusal(probed.client.getObjectMetadata(probed.bucket, key, { ifNoneMatch: etag }), 'not_modified');
  },
  async modifiedConditions(probed, key) {
    await put(probed, key);
    const { lastModified } = await probed.client.getObjectMetadata(probed.bucket, key);
    await refusal(probed.client.getObjectMetadata(probed.bucket, key, { ifUnmodifiedSince: new Date(lastModified.getTime() - HOUR_IN_MS) }), 'precondition_failed');
    return refusal(probed.client.getObjectMetadata(probed.bucket, key, { ifModifiedSince: lastModified }), 'not_modified');
  },
  async conditionalDelete(probed, key) {
    await put(probed, key);
    return refusal(probed.client.deleteObject(probed.bucket, key, { ifMatch: STALE }), 'precondition_failed');
  },
  async conditionalCopy(probed, key) {
    await put(probed, key);
    return withUpload(probed, `${key}-copy`, (uploadId) =>
      refusal(probed.client.copyPart({ bucket: probed.bucket, key }, { bucket: probed.bucket, key: `${key}-copy` }, uploadId, 1, { sourceIfMatch: STALE }), 'precondition_failed'),
    );
  },
  async ranges(probed, key) {
    await put(probed, key, '0123456789');
    const object = await probed.client.getObject(probed.bucket, key, { range: { start: 2, end: 4 } });
    observe((await object.text()) === '234', 'another slice came');
    return '206 with the slice';
  },
  async suffixRanges(probed, key) {
    await put(probed, key, '0123456789');
    const object = await probed.client.getObject(probed.bucket, key, { range: { suffix: 3 } });
    observe((await object.text()) === '789', 'another slice came');
    return '206 with the last bytes';
  },
  async metadata({ client, bucket }, key) {
    await client.putObject(bucket, key, '', { metadata: { probe: 'é', 'two-words': 'a b' } });
    const { metadata } = await client.getObjectMetadata(bucket, key);
    observe(metadata.probe === 'é' && metadata['two-words'] === 'a b', `came back as ${JSON.stringify(metadata)}`);
    return 'came back as it was';
  },
  async contentHeaders({ client, bucket }, key) {
    const headers = { contentLanguage: 'de', contentDisposition: 'attachment; filename="probe.txt"', cacheControl: 'no-cache', contentEncoding: 'identity' };
    await client.putObject(bucket, key, '', headers);
    const found = await client.getObjectMetadata(bucket, key);
    const lost = Object.entries(headers).flatMap(([name, value]) => (found[name as keyof typeof headers] === value ? [] : [name]));
    observe(lost.length === 0, `lost ${lost.join(', ')}`);
    return 'came back as they were';
  },
  async tags({ client, bucket }, key) {
    await client.putObject(bucket, key, '', { tags: { probe: 'a b' } });
    const tags = await client.getObjectTags(bucket, key);
    observe(tags.probe === 'a b', `came back as ${JSON.stringify(tags)}`);
    return 'came back as they were';
  },
  async multipart(probed, key) {
    const { client, bucket } = probed;
    const { uploadId } = await client.createMultipartUpload(bucket, key);
    const part = await client.uploadPart(bucket, key, uploadId, 1, new TextEncoder().encode('part'));
    await client.completeMultipartUpload(bucket, key, uploadId, [part]);
    return 'an upload of one part was completed';
  },
  async resumableUploads(probed, key) {
    return withUpload(probed, key, async (uploadId) => {
      const uploads = await collect(probed.client.listMultipartUploads(probed.bucket, { prefix: key }));
      observe(uploads.some((upload) => upload.uploadId === uploadId), 'an unfinished upload is not listed');
      const part = await probed.client.uploadPart(probed.bucket, key, uploadId, 1, new TextEncoder().encode('part'));
      const parts = await collect(probed.client.listParts(probed.bucket, key, uploadId));
      observe(parts.length === 1 && parts[0]?.etag === part.etag, 'a part is not listed with its ETag');
      return 'an unfinished upload is listed, and its part';
    });
  },
  async partCopy(probed, key) {
    await put(probed, key);
    return withUpload(probed, `${key}-copy`, async (uploadId) => {
      await probed.client.copyPart({ bucket: probed.bucket, key }, { bucket: probed.bucket, key: `${key}-copy` }, uploadId, 1, { range: { start: 0, end: 3 } });
      return 'a range was copied into a part';
    });
  },
  async serverSideCopy(probed, key) {
    await put(probed, key, 'to be copied');
    const target = { bucket: probed.bucket, key: `${key}-copy` };
    await probed.client.copyObject({ bucket: probed.bucket, key }, target);
    const copy = await probed.client.getObject(target.bucket, target.key);
    observe((await copy.text()) === 'to be copied', 'the copy is another object');
    return 'the copy has the bytes';
  },
  async startAfter(probed, key) {
    for (const name of ['a', 'b', 'c']) await put(probed, `${key}/${name}`);
    const keys: string[] = [];
    for await (const entry of probed.client.listObjects(probed.bucket, { prefix: `${key}/`, startAfter: `${key}/a` })) if (entry.type === 'object') keys.push(entry.key);
    observe(keys.length === 2, `${String(keys.length)} of 2 keys came`);
    return 'the list began behind the key';
  },
  async responseOverrides({ client, bucket }, key) {
    await client.putObject(bucket, key, 'x', { contentType: 'text/plain' });
    const object = await client.getObject(bucket, key, { responseHeaders: { contentType: 'text/csv' } });
    await object.discard();
    observe(object.metadata.contentType === 'text/csv', `answered with ${String(object.metadata.contentType)}`);
    return 'answered with the other type';
  },
  async serverSideEncryption({ client, bucket }, key) {
    await client.putObject(bucket, key, 'x', { serverSideEncryption: { algorithm: 'AES256' } });
    const { serverSideEncryption } = await client.getObjectMetadata(bucket, key);
    observe(serverSideEncryption === 'AES256', 'was ignored');
    return 'AES256';
  },
  async customerKeys({ client, bucket }, key) {
    const customerKey = { key: crypto.getRandomValues(new Uint8Array(32)) };
    await client.putObject(bucket, key, 'x', { customerKey });
    await client.getObjectMetadata(bucket, key, { customerKey });
    return refusal(client.getObjectMetadata(bucket, key), 'invalid_argument', 'permission_denied');
  },
  async batchDelete(probed, key) {
    for (const name of ['a', 'b&<>']) await put(probed, `${key}/${name}`);
    const results = await probed.client.deleteObjects(probed.bucket, [`${key}/a`, `${key}/b&<>`]);
    for (const result of results) if (!result.deleted) throw result.error;
    observe((await keysUnder(probed, `${key}/`)).length === 0, 'the keys are still there');
    return 'two keys in one request';
  },
};
