export type { CopyObjectsOptions, CopyResult, CopyRun, CopyTotals, TransferItem, UncopyableItem } from './copy-options.ts';
export { assertResumable } from './engine/check-copy.ts';
export { copyObjects } from './engine/copy-objects.ts';
export { listEnd } from './engine/list-source.ts';
export type { CopyProgress, CopyProgressListener } from './engine/progress-meter.ts';
export { preferredChecksum } from './pairs/copy-job.ts';
export { bucketOf, filesIn, type BucketEnd, type BucketEndOptions, type FileTreeEnd, type FileTreeOptions, type TransferEnd } from './transfer-end.ts';
