import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import { getPackSourceCode, packAssetUploadComplete, packSourceCodeUploadComplete, uploadPackAsset, uploadPackSourceCode } from './pack-assets.ts';
import type { PackAssetType } from './pack-models.ts';
import type {
  PackAssetUploadInfo,
  PackSourceCode,
  PackSourceCodeUploadInfo,
  UploadPackAssetInput,
  UploadPackSourceCodeInput,
  UploadedPackSourceCode,
} from './pack-version-models.ts';

/** Images and source code of a pack. Files are uploaded to the address the service gives. */
export class PackAssets {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Tells where to upload an image of a pack. */
  upload(packId: number, asset: UploadPackAssetInput, options: CallOptions = {}): Promise<PackAssetUploadInfo> {
    return uploadPackAsset(this.#api, packId, asset, options);
  }

  /** Says that an image of a pack is uploaded. */
  completeUpload(packId: number, packAssetId: string, packAssetType: PackAssetType, options: CallOptions = {}): Promise<Queued<{ readonly assetId: string }>> {
    return packAssetUploadComplete(this.#api, packId, packAssetId, packAssetType, options);
  }

  /** Tells where to upload the source code of a pack. */
  uploadSourceCode(packId: number, source: UploadPackSourceCodeInput, options: CallOptions = {}): Promise<PackSourceCodeUploadInfo> {
    return uploadPackSourceCode(this.#api, packId, source, options);
  }

  /** Says that the source code of a version is uploaded. */
  completeSourceCodeUpload(packId: number, packVersion: string, source: UploadedPackSourceCode, options: CallOptions = {}): Promise<Queued> {
    return packSourceCodeUploadComplete(this.#api, packId, packVersion, source, options);
  }

  /** Lists the source files of a version and where they can be downloaded. */
  getSourceCode(packId: number, packVersion: string, options: ReadOptions = {}): Promise<readonly PackSourceCode[]> {
    return getPackSourceCode(this.#api, packId, packVersion, options);
  }
}
