import { z } from 'zod';
import { errorReportSchema } from '../error-report.ts';

/** Inputs that several operations share, described once. */
export const address = z.string().min(1).describe('connection:bucket/key, :bucket/key in the default connection, a path, or file:PATH');
export const bucketAddress = z.string().min(1).describe('connection:bucket');
export const objectAddress = z.string().min(1).describe('connection:bucket/key');
export const recursive = z.boolean().default(false).describe('Everything below a prefix or directory');
export const glob = z.boolean().default(true).describe('wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally');
export const dryRun = z.boolean().default(false).describe('Say what would be done and do nothing');
export const limit = z.int().min(1).max(1_000_000_000).optional().describe('Stop after so many');

/** A time as ISO 8601 in UTC. */
export const time = z.iso.datetime();

/** What became of one object of a copy. */
export const copyOutcome = z.object({
  source: z.string(),
  target: z.string(),
  outcome: z.enum(['copied', 'moved', 'skipped', 'failed', 'planned']),
  sizeInBytes: z.number(),
  how: z.enum(['server-side', 'streamed']).optional(),
  verified: z.enum(['checksum', 'service', 'size']).optional().describe('What proves the copy'),
  reason: z.string().optional().describe('Why it was skipped'),
  notCarried: z.array(z.string()).optional().describe('What the target cannot keep'),
  error: errorReportSchema.optional(),
});

/** What a listing yields. */
export const listedEntry = z.object({
  type: z.enum(['connection', 'bucket', 'prefix', 'object']),
  name: z.string().describe('Relative to what was listed'),
  address: z.string(),
  sizeInBytes: z.number().optional(),
  lastModified: time.optional(),
  etag: z.string().optional(),
  storageClass: z.string().optional(),
});
