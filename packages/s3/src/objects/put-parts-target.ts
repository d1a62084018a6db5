import type { PutObjectOptions, PutObjectResult, UploadedPart } from '@cmx/cloud-core';
import type { MultipartTarget, UnfinishedUpload, UploadCall } from '@cmx/cloud-core/body';
import type { PartTarget } from '../multipart/drop-upload.ts';
import type { PutParts } from '../multipart/put-parts.ts';
import type { S3Context } from '../s3-context.ts';
import type { RequestHeaders } from './store-headers.ts';

/** An object that may have to be stored in parts. What does that is loaded with the first body that is large enough. */
export class PutPartsTarget implements MultipartTarget {
  readonly equalParts: boolean;
  readonly partMemory: MultipartTarget['partMemory'];
  readonly #load: () => Promise<PutParts>;
  #parts: Promise<PutParts> | undefined;

  constructor(context: S3Context, target: PartTarget, options: PutObjectOptions, keyHeaders: RequestHeaders) {
    this.equalParts = context.dialect.equalParts;
    this.partMemory = context.connection.partMemory;
    this.#load = async () => new (await import('../rare-calls.ts')).PutParts(context, target, options, keyHeaders);
  }

  async create(call: UploadCall): Promise<string> {
    return (await this.#loaded()).create(call);
  }

  async findUnfinished(call: UploadCall): Promise<UnfinishedUpload | undefined> {
    return (await this.#loaded()).findUnfinished(call);
  }

  async uploadPart(uploadId: string, partNumber: number, body: Uint8Array, call: UploadCall): Promise<UploadedPart> {
    return (await this.#loaded()).uploadPart(uploadId, partNumber, body, call);
  }

  async complete(uploadId: string, parts: readonly UploadedPart[], call: Parameters<MultipartTarget['complete']>[2]): Promise<PutObjectResult> {
    return (await this.#loaded()).complete(uploadId, parts, call);
  }

  async abort(uploadId: string, call: UploadCall): Promise<void> {
    return (await this.#loaded()).abort(uploadId, call);
  }

  #loaded(): Promise<PutParts> {
    return (this.#parts ??= this.#load());
  }
}
