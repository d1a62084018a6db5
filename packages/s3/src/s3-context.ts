import type { S3Dialect } from './dialects/dialect.ts';
import type { S3Arguments } from './s3-arguments.ts';
import type { S3Connection } from './s3-connection.ts';

/** What every operation works with. */
export interface S3Context {
  readonly connection: S3Connection;
  /** Checks arguments before any request. */
  readonly check: S3Arguments;
  readonly dialect: S3Dialect;
}
