import type { StorageArguments } from '@cmx/cloud-core';
import type { S3Dialect } from './dialects/dialect.ts';
import type { S3Connection } from './s3-connection.ts';

/** What every operation works with. */
export interface S3Context {
  readonly connection: S3Connection;
  /** Checks arguments before any request. */
  readonly check: StorageArguments;
  readonly dialect: S3Dialect;
}
