import { z } from 'zod';
import type { RiskClass } from '../risk.ts';
import { dryRun, glob, recursive } from './schemas.ts';

/** What every copying operation can be told. */
export const copyInput = {
  recursive,
  glob,
  ifExists: z.enum(['overwrite', 'skip', 'fail']).default('overwrite').describe('What to do with keys the target holds already'),
  dryRun,
  resume: z.boolean().default(false).describe('Go on with large uploads and downloads that were broken off, and keep what is there when this one is'),
  failFast: z.boolean().default(false).describe('Stop at the first object that fails'),
  concurrency: z.int().min(1).max(1024).default(16).describe('Objects on their way at once'),
  partSizeInMib: z.int().min(1).max(5120).default(8).describe('Size of a part of large objects, in MiB').meta({ flag: 'part-size' }),
  memoryInMib: z.int().min(2).max(1_048_576).default(128).describe('Memory for all bodies on their way, in MiB').meta({ flag: 'memory' }),
  checksum: z.enum(['sha256', 'crc32', 'crc32c', 'crc64nvme', 'sha1', 'md5']).optional().describe('Checksum uploads are verified with'),
};

/** What uploads can be told besides. */
export const storeInput = {
  contentType: z.string().optional().describe('MIME type of every object, instead of one by its ending'),
  cacheControl: z.string().optional().describe('Cache-Control of every object'),
  contentEncoding: z.string().optional().describe('Content-Encoding of every object, as it is stored'),
  contentDisposition: z.string().optional().describe('Content-Disposition of every object'),
  metadata: z.array(z.string().regex(/^[^=]+=/, 'must be NAME=VALUE')).default([]).describe('User metadata, NAME=VALUE; can be repeated'),
  storageClass: z.string().optional().describe("The service's name of a storage class"),
};

export const nativeNames = z.boolean().default(false).describe('Also write names that Windows cannot hold, such as aux.c');

export type CopyInput = z.output<z.ZodObject<typeof copyInput>> & Partial<z.output<z.ZodObject<typeof storeInput>>> & { nativeNames?: boolean };

/** Replacing without a precondition may destroy; creating cannot. */
export function riskOfCopy({ dryRun, ifExists }: { dryRun: boolean; ifExists: 'overwrite' | 'skip' | 'fail' }): RiskClass {
  if (dryRun) return 'PLAN';
  return ifExists === 'overwrite' ? 'DELETE' : 'WRITE';
}
