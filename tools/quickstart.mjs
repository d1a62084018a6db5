/**
 * `npm run quickstart [-- DIR]`: moves a real directory from a local store to an S3 service, in front of your eyes.
 *
 * Copies DIR (or the largest directory of dependencies) into a bucket on disk, and from there to an S3 service that runs for the
 * occasion: it checks each signature and digest, and now and then says that it is busy. Then reads everything back from S3 and
 * compares it with the files by SHA-256, fetches one object by a presigned URL, lets a download break midway, and uploads a stream
 * of unknown length in parts. Everything happens in memory and below one temporary directory, which is removed at the end, also
 * after a failure or Ctrl-C.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LocalStorageClient } from '@cmx/local';
import { S3CompatibleClient } from '@cmx/s3';
import { startS3Service } from '@cmx/s3/testing';
import { bucketOf, copyObjects, filesIn } from '@cmx/transfer';
import { largestDirectory } from './quickstart/largest-directory.mjs';
import { Report, showBytes, showCount } from './quickstart/report.mjs';

const root = path.resolve(import.meta.dirname, '..');
const BUCKET = 'quickstart';
const COMFORTABLE_SIZE = 32 * 1024 * 1024;
/** Verified together. */
const VERIFY_CONCURRENCY = 8;
/** What goes to the S3 service, which keeps it in memory. */
const MEMORY = { objects: 5_000, bytes: 512 * 1024 * 1024 };
/** Uploads the service refuses at first because it is busy. Fewer than are on their way together, so that none is refused for good. */
const REFUSALS = 8;
const PART_SIZE = 5 * 1024 * 1024;
const STREAM_SIZE = 4.5 * PART_SIZE;
const CHUNK_SIZE = 64 * 1024;

/** What went wrong, for people; everything else is a bug and keeps its stack. */
class QuickstartFailure extends Error {}

function fail(reason) {
  throw new QuickstartFailure(reason);
}

function chooseDirectory(given) {
  if (given === undefined) return largestDirectory(path.join(root, 'node_modules'));
  const directory = path.resolve(given);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) fail(`${given} is not a directory`);
  return directory;
}

async function sha256(chunks) {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** Copies everything and insists on all of it. */
async function copyAll(source, target, report, abortSignal, items) {
  const run = copyObjects(source, target, { items, abortSignal, onProgress: (progress) => report.progress(progress), progressIntervalInMs: 500 });
  const { copied, skipped, sizeInBytes, failures } = await run.finish();
  const [first] = failures;
  if (first) fail(`${failures.length} of ${copied + failures.length} objects failed, the first: ${first.source}: ${first.error.message}`);
  if (copied === 0) fail('There was nothing to copy');
  return { objects: copied, bytes: sizeInBytes, skipped };
}

async function listAll(client, abortSignal) {
  const objects = [];
  for await (const entry of client.listObjects(BUCKET, { abortSignal })) if (entry.type === 'object') objects.push(entry);
  return objects;
}

/** The first objects, as many as the service has memory for. */
function withinMemory(objects) {
  let bytes = 0;
  return objects.slice(0, MEMORY.objects).filter(({ sizeInBytes }) => (bytes += sizeInBytes) <= MEMORY.bytes);
}

/** Each object against the file it was made of, some at a time. */
async function verifyAll(client, directory, objects, abortSignal) {
  let bytes = 0;
  const queue = objects.values();
  const worker = async () => {
    for (const { key } of queue) {
      await using object = await client.getObject(BUCKET, key, { abortSignal });
      const [stored, original] = await Promise.all([sha256(object), sha256(createReadStream(path.join(directory, key)))]);
      if (stored !== original) fail(`${key} differs from its file`);
      bytes += object.metadata.sizeInBytes;
    }
  };
  await Promise.all(Array.from({ length: VERIFY_CONCURRENCY }, worker));
  return { objects: objects.length, bytes };
}

/** The largest that is comfortable to hold in memory, or the smallest there is. */
function chooseObject(objects) {
  const bySize = objects.toSorted((a, b) => b.sizeInBytes - a.sizeInBytes);
  return bySize.find(({ sizeInBytes }) => sizeInBytes <= COMFORTABLE_SIZE) ?? bySize.at(-1);
}

/** Plain HTTP, as any browser would. */
async function fetchPresigned(client, directory, key, abortSignal) {
  const { url } = await client.generatePresignedUrl(BUCKET, key, { expiresInSeconds: 60, abortSignal });
  const response = await fetch(url, { signal: abortSignal });
  if (!response.ok) fail(`The presigned URL answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await sha256([bytes])) !== (await sha256(createReadStream(path.join(directory, key))))) fail('The presigned URL gave other bytes');
  return { objects: 1, bytes: bytes.length, note: 'plain fetch, no credentials' };
}

/** The connection is cut in the middle of the body; the client asks for the rest by itself, and its reader sees one stream. */
async function surviveBreak(client, service, directory, { key, sizeInBytes }, abortSignal) {
  const breakAfterBytes = Math.floor(sizeInBytes / 2);
  service.exchanges.length = 0;
  service.fail({ method: 'GET', key, breakAfterBytes });
  await using object = await client.getObject(BUCKET, key, { abortSignal });
  if ((await sha256(object)) !== (await sha256(createReadStream(path.join(directory, key))))) fail('The resumed download gave other bytes');
  const [, second] = service.exchanges;
  if (!second) fail('The connection did not break as it should have');
  return { objects: 1, bytes: sizeInBytes, note: `cut after ${showBytes(breakAfterBytes)}, went on with Range: ${second.headers.get('range')}` };
}

/** Uploads while the service is busy at first, and says how many refusals there were. */
async function copyToBusy(service, source, target, items, report, abortSignal) {
  service.exchanges.length = 0;
  service.fail({ method: 'PUT', status: 503, code: 'SlowDown', times: Math.min(REFUSALS, items.length) });
  const copied = await copyAll(source, target, report, abortSignal, items);
  const refused = service.exchanges.filter(({ status }) => status === 503).length;
  return { ...copied, note: `${showCount(service.exchanges.length)} signed requests, ${refused} refused as busy (503) and repeated` };
}

/** A stream nobody knows the length of, sent in parts while it is made, with a checksum that the service verifies. */
async function uploadStream(client, service, abortSignal) {
  const made = createHash('sha256');
  async function* chunks() {
    for (let sent = 0; sent < STREAM_SIZE; sent += CHUNK_SIZE) {
      const chunk = randomBytes(Math.min(CHUNK_SIZE, STREAM_SIZE - sent));
      made.update(chunk);
      yield chunk;
    }
  }
  service.exchanges.length = 0;
  await client.putObject(BUCKET, 'stream', chunks(), { partSizeInBytes: PART_SIZE, checksumAlgorithm: 'sha256', abortSignal });
  const parts = service.exchanges.filter(({ path: where }) => where.includes('partNumber=')).length;
  await using object = await client.getObject(BUCKET, 'stream', { abortSignal });
  if ((await sha256(object)) !== made.digest('hex')) fail('The stream came back as other bytes');
  if (service.openUploads > 0) fail('An upload was left open');
  return { objects: 1, bytes: STREAM_SIZE, note: `${parts} parts, read back and compared` };
}

async function quickstart(directory, scratch, abortSignal) {
  const report = new Report();
  // The copy is thrown away in a moment, so it need not survive a power failure.
  const disk = new LocalStorageClient({ root: path.join(scratch, 'store'), durable: false });
  const running = await startS3Service();
  const s3 = new S3CompatibleClient(running.clientOptions);
  const { service } = running;
  try {
    for (const client of [disk, s3]) await client.createBucket(BUCKET, { abortSignal });
    let copied;
    let stored;
    let objects;
    await report.step('copy the directory to a bucket on disk', async () => (copied = await copyAll(filesIn(directory), bucketOf(disk, BUCKET), report, abortSignal)));
    await report.step('list the bucket on disk', async () => ({ objects: (stored = await listAll(disk, abortSignal)).length }));
    if (stored.length !== copied.objects) fail(`${copied.objects} objects were copied, ${stored.length} are listed`);
    const chosen = withinMemory(stored);
    await report.step('copy the bucket to an S3 service', () => copyToBusy(service, bucketOf(disk, BUCKET), bucketOf(s3, BUCKET), chosen, report, abortSignal));
    await report.step('list it on S3', async () => ({ objects: (objects = await listAll(s3, abortSignal)).length }));
    if (objects.length !== chosen.length) fail(`${chosen.length} objects were copied to S3, ${objects.length} are listed`);
    await report.step('compare S3 with the files by SHA-256', () => verifyAll(s3, directory, objects, abortSignal));
    const shown = chooseObject(objects);
    await report.step('fetch one by a presigned URL', () => fetchPresigned(s3, directory, shown.key, abortSignal));
    // What is empty cannot break midway.
    if (shown.sizeInBytes > 0) await report.step('let a download break midway', () => surviveBreak(s3, service, directory, shown, abortSignal));
    await report.step('upload a stream of unknown length', () => uploadStream(s3, service, abortSignal));
    report.print();
    const leftOut = copied.skipped === 0 ? '' : ` Left out: ${copied.skipped} symbolic link${copied.skipped > 1 ? 's' : ''}.`;
    const count = chosen.length === stored.length ? `All ${showCount(stored.length)}` : `The first ${showCount(chosen.length)} of ${showCount(stored.length)}`;
    console.log(`${count} objects of ${directory} arrived on S3 as they were.${leftOut}`);
    console.log('The same client speaks to AWS, MinIO, Ceph, R2 and others: new S3CompatibleClient({ endpoint, region, credentials }).');
  } finally {
    await Promise.all([disk.close(), s3.close(), running.close()]);
  }
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupt.abort(new QuickstartFailure('Interrupted')));
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-quickstart-'));
try {
  const directory = chooseDirectory(process.argv.slice(2).find((argument) => argument !== '--'));
  console.log(`Moving ${directory} through cmx`);
  await quickstart(directory, scratch, interrupt.signal);
} catch (error) {
  console.error(error instanceof QuickstartFailure ? `quickstart: ${error.message}` : error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
