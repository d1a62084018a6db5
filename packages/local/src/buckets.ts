import fs from 'node:fs';
import path from 'node:path';
import { AlreadyExistsError, ConflictError, type Bucket } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { SYSTEM_DIRECTORY, type NameRules } from './key-encoding.ts';
import { errnoOf } from './local-errors.ts';
import { listUploads } from './multipart.ts';
import { listVersions } from './versions.ts';

/** The subdirectories of the root, by name. Links and hidden directories are not buckets. */
export function listBuckets(root: string): Bucket[] {
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ name, createdAt: fs.statSync(path.join(root, name)).birthtime }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws {AlreadyExistsError} Something has that name. */
export function createBucket(root: string, name: string): Bucket {
  fs.mkdirSync(root, { recursive: true });
  try {
    fs.mkdirSync(path.join(root, name));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw new AlreadyExistsError('The bucket exists already', { applied: false, cause: error });
    throw error;
  }
  return { name, createdAt: new Date() };
}

/** @throws {ConflictError} The bucket holds something and `force` is not set. */
export function deleteBucket(bucket: BucketDirectory, force: boolean): void {
  if (!fs.lstatSync(bucket.path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (!force && !isEmpty(bucket)) throw new ConflictError('The bucket is not empty', { applied: false, vendorCode: 'BucketNotEmpty' });
  fs.rmSync(bucket.path, { recursive: true, force: true });
}

/** Directories without files do not count; whatever else is there does, link or not. */
function isEmpty(bucket: BucketDirectory): boolean {
  return !holdsAnything(bucket.path) && listVersions(bucket, '').next().done === true && listUploads(bucket, '').length === 0;
}

function holdsAnything(directory: string): boolean {
  return fs.readdirSync(directory, { withFileTypes: true }).some((entry) => {
    if (entry.name === SYSTEM_DIRECTORY) return false;
    return !entry.isDirectory() || holdsAnything(path.join(directory, entry.name));
  });
}

/** Finds out what the file system under the root does to names, by making a file; where it may not, by the platform's habit. */
export function probeNameRules(root: string): NameRules {
  const windows = process.platform === 'win32';
  let directory: string;
  try {
    directory = fs.mkdtempSync(path.join(root, `${SYSTEM_DIRECTORY}-probe-`));
  } catch {
    return { windows, caseInsensitive: windows || process.platform === 'darwin', normalizing: process.platform === 'darwin' };
  }
  try {
    fs.writeFileSync(path.join(directory, 'a\u00e9'), '');
    return { windows, caseInsensitive: fs.existsSync(path.join(directory, 'A\u00e9')), normalizing: fs.existsSync(path.join(directory, 'ae\u0301')) };
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}
