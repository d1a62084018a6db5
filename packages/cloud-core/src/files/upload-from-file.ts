import type { PutObjectResult } from '../storage/models.ts';
import { uploadBody, type UploadBodyOptions } from '../transfer/upload-body.ts';
import type { UploadTarget } from '../transfer/upload-target.ts';
import { openFile } from './file-source.ts';

/**
 * Stores a file, in parts when it is larger than one. Nothing is stored when it changes meanwhile (`conflict`).
 *
 * @throws {NotFoundError} There is no such file. @throws {PermissionDeniedError} It cannot be read.
 * @throws {InvalidArgumentError} It is a directory, a pipe or a device.
 */
export async function uploadFromFile(path: string, target: UploadTarget, options: Omit<UploadBodyOptions, 'sizeInBytes'>): Promise<PutObjectResult> {
  options.abortSignal?.throwIfAborted();
  return uploadBody(target, await openFile(path, options.where), options);
}
