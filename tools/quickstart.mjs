/**
 * `npm run quickstart [-- DIR]`: moves a real directory through the storage contract, in front of your eyes.
 *
 * Copies DIR (or the largest directory of dependencies) into a bucket of the local provider, lists it, copies it to a second
 * store, compares every object with its file by SHA-256, fetches one by a presigned URL, and lets a download break midway.
 * Everything happens below one temporary directory, which is removed at the end, also after a failure or Ctrl-C.
 */
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LocalStorageClient } from '@cmx/local';
import { bucketOf, copyObjects, filesIn } from '@cmx/transfer';
import { downloadThroughBreak } from './quickstart/broken-download.mjs';
import { largestDirectory } from './quickstart/largest-directory.mjs';
import { Report, showBytes } from './quickstart/report.mjs';

const root = path.resolve(import.meta.dirname, '..');
const BUCKET = 'quickstart';
const COMFORTABLE_SIZE = 32 * 1024 * 1024;
/** Verified together. */
const VERIFY_CONCURRENCY = 8;

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
async function copyAll(source, target, report, abortSignal) {
  const run = copyObjects(source, target, { abortSignal, onProgress: (progress) => report.progress(progress), progressIntervalInMs: 500 });
  const { copied, skipped, sizeInBytes, failures } = await run.finish();
  const [first] = failures;
  if (first) fail(`${failures.length} of ${copied + failures.length} objects failed, the first: ${first.source}: ${first.error.message}`);
  if (copied === 0) fail('There was nothing to copy');
  return { objects: copied, bytes: sizeInBytes, skipped };
}

async function listAll(client, abortSignal) {
  const keys = [];
  for await (const entry of client.listObjects(BUCKET, { abortSignal })) if (entry.type === 'object') keys.push(entry);
  return keys;
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

async function surviveBreak(client, directory, { key, sizeInBytes }, abortSignal) {
  const { url } = await client.generatePresignedUrl(BUCKET, key, { expiresInSeconds: 60, abortSignal });
  const { bytes, breakAt, requests } = await downloadThroughBreak(url, sizeInBytes, abortSignal);
  if (requests < 2) fail('The connection did not break as it should have');
  if ((await sha256([bytes])) !== (await sha256(createReadStream(path.join(directory, key))))) fail('The resumed download gave other bytes');
  return { objects: 1, bytes: bytes.length, note: `cut after ${showBytes(breakAt)}, resumed by Range and If-Match, ${requests} requests` };
}

async function quickstart(directory, scratch, abortSignal) {
  const report = new Report();
  // The copies are thrown away in a moment, so they need not survive a power failure.
  const first = new LocalStorageClient({ root: path.join(scratch, 'first'), durable: false });
  const second = new LocalStorageClient({ root: path.join(scratch, 'second'), durable: false });
  try {
    for (const client of [first, second]) await client.createBucket(BUCKET, { abortSignal });
    let copied;
    let objects;
    await report.step('copy the directory into a bucket', async () => (copied = await copyAll(filesIn(directory), bucketOf(first, BUCKET), report, abortSignal)));
    await report.step('list the bucket', async () => ({ objects: (objects = await listAll(first, abortSignal)).length }));
    if (objects.length !== copied.objects) fail(`${copied.objects} objects were copied, ${objects.length} are listed`);
    await report.step('copy it to a second store', () => copyAll(bucketOf(first, BUCKET), bucketOf(second, BUCKET), report, abortSignal));
    await report.step('compare by SHA-256 with the files', async () => verifyAll(second, directory, await listAll(second, abortSignal), abortSignal));
    const shown = chooseObject(objects);
    await report.step('fetch one by a presigned URL', () => fetchPresigned(second, directory, shown.key, abortSignal));
    // What is empty cannot break midway.
    if (shown.sizeInBytes > 0) await report.step('let a download break midway', () => surviveBreak(second, directory, shown, abortSignal));
    report.print();
    const leftOut = copied.skipped === 0 ? '' : ` Left out: ${copied.skipped} symbolic link${copied.skipped > 1 ? 's' : ''}.`;
    console.log(`All ${copied.objects.toLocaleString('en-US')} objects of ${directory} arrived as they were.${leftOut}`);
  } finally {
    await first.close();
    await second.close();
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
