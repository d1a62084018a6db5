import { InvalidArgumentError, type StorageClient } from '@cmx/cloud-core';
import { resolve, sep } from 'node:path';

/** The keys of a bucket that begin with a prefix. Items are named by what follows it. */
export interface BucketEnd {
  readonly kind: 'bucket';
  readonly client: StorageClient;
  readonly bucket: string;
  /** Put before every item's key to the letter: give it its slash. */
  readonly prefix: string;
  /** List only keys that go on with this behind the prefix. Items are named relative to the prefix all the same. */
  readonly narrowTo: string;
  /** How results call a key; the default is `bucket/key`. */
  readonly label: string;
}

/** The files below a directory. Items are named by their path in it, with slashes. */
export interface FileTreeEnd {
  readonly kind: 'files';
  /** Absolute. */
  readonly root: string;
  /** How results call a path. */
  readonly label: string;
  /** Whether names that Windows cannot hold may be written. */
  readonly nativeNames: boolean;
}

/** One end of a copy. */
export type TransferEnd = BucketEnd | FileTreeEnd;

export interface BucketEndOptions {
  /** Default `''`: the whole bucket. */
  readonly prefix?: string | undefined;
  /** As a source: list only keys that go on with this behind the prefix. Default: all below the prefix. */
  readonly narrowTo?: string | undefined;
  /** Put before the item's key in results, instead of `bucket/prefix`. */
  readonly label?: string | undefined;
}

export interface FileTreeOptions {
  /** Put before the item's path in results, instead of the root. */
  readonly label?: string | undefined;
  /** Write names that Windows cannot hold (`aux.c`, `name.`), which are refused otherwise. No effect on Windows. Default `false`. */
  readonly nativeNames?: boolean | undefined;
}

/** The objects of a bucket as an end of a copy. @throws {InvalidArgumentError} The bucket has no name. */
export function bucketOf(client: StorageClient, bucket: string, options: BucketEndOptions = {}): BucketEnd {
  if (bucket === '') throw new InvalidArgumentError('The bucket has no name', { provider: client.provider, operation: 'copyObjects' });
  const prefix = options.prefix ?? '';
  return { kind: 'bucket', client, bucket, prefix, narrowTo: options.narrowTo ?? '', label: options.label ?? `${bucket}/${prefix}` };
}

/** The files of a directory as an end of a copy. It need not exist when it is the target. @throws {InvalidArgumentError} The path is empty or holds NUL. */
export function filesIn(directory: string, options: FileTreeOptions = {}): FileTreeEnd {
  if (directory === '' || directory.includes('\0')) throw new InvalidArgumentError('The directory must be a path', { provider: 'local', operation: 'copyObjects' });
  const root = resolve(directory);
  return { kind: 'files', root, label: options.label ?? (root.endsWith(sep) ? root : root + sep), nativeNames: options.nativeNames ?? false };
}
