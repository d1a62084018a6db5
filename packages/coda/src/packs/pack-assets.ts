import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { Queued } from '../mutations/queued-change.ts';
import type { PackAssetType } from './pack-models.ts';
import type {
  PackAssetUploadInfo,
  PackSourceCode,
  PackSourceCodeUploadInfo,
  UploadedPackSourceCode,
  UploadPackAssetInput,
  UploadPackSourceCodeInput,
} from './pack-version-models.ts';

/**
 * Tells where to upload an image of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/uploadPackAsset
 */
export async function uploadPackAsset(api: CodaApi, packId: number, asset: UploadPackAssetInput, options: CallOptions = {}): Promise<PackAssetUploadInfo> {
  return api.write({ operation: 'uploadPackAsset', method: 'POST', path: path`/packs/${packId}/uploadAsset`, body: asset }, options);
}

/**
 * Says that an image of a pack is uploaded.
 *
 * @see https://coda.io/developers/apis/v1#operation/packAssetUploadComplete
 */
export async function packAssetUploadComplete(
  api: CodaApi,
  packId: number,
  packAssetId: string,
  packAssetType: PackAssetType,
  options: CallOptions = {},
): Promise<Queued<{ readonly assetId: string }>> {
  const place = path`/packs/${packId}/assets/${packAssetId}/assetType/${packAssetType}/uploadComplete`;
  return api.queue({ operation: 'packAssetUploadComplete', method: 'POST', path: place, limit: 'write' }, options);
}

/**
 * Tells where to upload the source code of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/uploadPackSourceCode
 */
export async function uploadPackSourceCode(api: CodaApi, packId: number, source: UploadPackSourceCodeInput, options: CallOptions = {}): Promise<PackSourceCodeUploadInfo> {
  return api.write({ operation: 'uploadPackSourceCode', method: 'POST', path: path`/packs/${packId}/uploadSourceCode`, body: source }, options);
}

/**
 * Says that the source code of a version is uploaded.
 *
 * @see https://coda.io/developers/apis/v1#operation/packSourceCodeUploadComplete
 */
export async function packSourceCodeUploadComplete(api: CodaApi, packId: number, packVersion: string, source: UploadedPackSourceCode, options: CallOptions = {}): Promise<Queued> {
  const place = path`/packs/${packId}/versions/${packVersion}/sourceCode/uploadComplete`;
  return api.queue({ operation: 'packSourceCodeUploadComplete', method: 'POST', path: place, body: source, limit: 'write' }, options);
}

/**
 * Lists the source files of a version and where they can be downloaded.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackSourceCode
 */
export async function getPackSourceCode(api: CodaApi, packId: number, packVersion: string, options: ReadOptions = {}): Promise<readonly PackSourceCode[]> {
  const { files } = await api.read<{ files: readonly PackSourceCode[] }>('getPackSourceCode', path`/packs/${packId}/versions/${packVersion}/sourceCode`, options);
  return files;
}
