import { STORAGE_OPTIONS, type BodyInput, type Call, type CallOptions, type ObjectMetadata, type PutObjectOptions, type PutObjectResult } from '@cmx/cloud-core';
import { uploadBody, type BodySource, type UploadCall, type UploadTarget } from '@cmx/cloud-core/body';
import { withinDeadline } from '../deadline.ts';
import type { PartTarget } from '../multipart/drop-upload.ts';
import type { S3Context } from '../s3-context.ts';
import { headObject } from './head-object.ts';
import { toPutObjectResult } from './object-metadata.ts';
import { PutPartsTarget } from './put-parts-target.ts';
import { checksumHeaders, conditionHeaders, customerKeyHeaders, storeHeaders, type RequestHeaders } from './store-headers.ts';

export function putObject(context: S3Context, bucket: string, key: string, body: BodyInput, options: PutObjectOptions = {}): Promise<PutObjectResult> {
  const call = context.check.object('putObject', bucket, key, options, STORAGE_OPTIONS.putObject);
  return withinDeadline(call, options, (callOptions) => storeBody(context, call, { bucket, key }, body, options, callOptions));
}

/** Stores a body under one deadline: in one request or in parts, as its size demands. */
export async function storeBody(
  context: S3Context,
  call: Call,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  body: BodyInput | BodySource,
  options: PutObjectOptions,
  { abortSignal }: CallOptions,
): Promise<PutObjectResult> {
  const { connection, dialect } = context;
  const checksumAlgorithm = options.checksumAlgorithm ?? (options.checksums === undefined && !connection.signsPayload ? dialect.uploadChecksum : undefined);
  const keyHeaders = options.customerKey === undefined ? {} : await customerKeyHeaders(options.customerKey);
  const target = new PutTarget(context, { call, bucket, key }, { ...options, checksumAlgorithm }, keyHeaders);
  const { sizeInBytes, partSizeInBytes, concurrency, checksums, onProgress, resume = false } = options;
  return uploadBody(target, body, { abortSignal, sizeInBytes, partSizeInBytes, concurrency, checksumAlgorithm, checksums, onProgress, keepsParts: resume !== false, logger: connection.logger, where: call });
}

/** One object about to be stored, as the upload engine sees it. */
class PutTarget implements UploadTarget {
  readonly limits: UploadTarget['limits'];
  readonly multipart: UploadTarget['multipart'];
  readonly #context: S3Context;
  readonly #target: PartTarget;
  readonly #options: PutObjectOptions;
  readonly #keyHeaders: RequestHeaders;

  constructor(context: S3Context, target: PartTarget, options: PutObjectOptions, keyHeaders: RequestHeaders) {
    this.limits = context.dialect.capabilities.limits;
    this.#context = context;
    this.#target = target;
    this.#options = options;
    this.#keyHeaders = keyHeaders;
    if (context.dialect.capabilities.multipart) this.multipart = new PutPartsTarget(context, target, options, keyHeaders);
  }

  async put(body: Uint8Array, { abortSignal, checksums }: UploadCall): Promise<PutObjectResult> {
    const { call, bucket, key } = this.#target;
    const headers = { 'content-type': 'application/octet-stream', ...storeHeaders(this.#options), ...conditionHeaders(this.#options), ...checksumHeaders(checksums), ...this.#keyHeaders };
    const { headers: answer } = await this.#context.connection.send({ call, method: 'PUT', bucket, key, headers, body }, { abortSignal });
    return toPutObjectResult(answer, body.length);
  }

  head(options: CallOptions): Promise<ObjectMetadata> {
    return headObject(this.#context, this.#target, { ...options, customerKey: this.#options.customerKey });
  }
}
