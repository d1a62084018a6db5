import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaValidationError } from '../api/coda-errors.ts';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type {
  NextPackVersionInfo,
  PackRelease,
  PackReview,
  PackReviewStatus,
  PackVersion,
  PackVersionDiffs,
  PackVersionUploadInfo,
  PackVersionUploadInput,
} from './pack-version-models.ts';

export interface NextPackVersionInput {
  /** The new version's metadata, as JSON text. */
  readonly proposedMetadata: string;
  readonly sdkVersion?: string | undefined;
}

export interface PackReleaseInput {
  readonly packVersion: string;
  readonly releaseNotes?: string | undefined;
}

export interface PackReviewInput {
  readonly packVersion?: string | undefined;
  readonly releaseNotes?: string | undefined;
}

export interface ListPackReviewsOptions extends ListOptions {
  status?: PackReviewStatus | undefined;
}

/**
 * Lists the versions of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackVersions
 */
export function listPackVersions(api: CodaApi, packId: number, options: ListOptions = {}): Paged<PackVersion> {
  return api.list('listPackVersions', path`/packs/${packId}/versions`, options);
}

/**
 * Tells what the next version of a pack must be called. Changes nothing.
 *
 * @see https://coda.io/developers/apis/v1#operation/getNextPackVersion
 */
export async function getNextPackVersion(api: CodaApi, packId: number, version: NextPackVersionInput, options: CallOptions = {}): Promise<NextPackVersionInfo> {
  return api.write({ operation: 'getNextPackVersion', method: 'POST', path: path`/packs/${packId}/nextVersion`, body: version, retry: 'always' }, options);
}

/**
 * Tells what differs between two versions of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackVersionDiffs
 */
export async function getPackVersionDiffs(api: CodaApi, packId: number, basePackVersion: string, targetPackVersion: string, options: ReadOptions = {}): Promise<PackVersionDiffs> {
  return api.read('getPackVersionDiffs', path`/packs/${packId}/versions/${basePackVersion}/diff/${targetPackVersion}`, options);
}

/**
 * Registers a version and tells where to upload its bundle.
 *
 * @see https://coda.io/developers/apis/v1#operation/registerPackVersion
 */
export async function registerPackVersion(api: CodaApi, packId: number, packVersion: string, bundleHash: string, options: CallOptions = {}): Promise<PackVersionUploadInfo> {
  return api.write({ operation: 'registerPackVersion', method: 'POST', path: path`/packs/${packId}/versions/${packVersion}/register`, body: { bundleHash } }, options);
}

/**
 * Says that the bundle of a version is uploaded, which creates the version.
 *
 * @see https://coda.io/developers/apis/v1#operation/packVersionUploadComplete
 */
export async function packVersionUploadComplete(
  api: CodaApi,
  packId: number,
  packVersion: string,
  version: PackVersionUploadInput = {},
  options: CallOptions = {},
): Promise<{ readonly deprecationWarnings?: readonly CodaValidationError[] | undefined }> {
  return api.write({ operation: 'packVersionUploadComplete', method: 'POST', path: path`/packs/${packId}/versions/${packVersion}/uploadComplete`, body: version }, options);
}

/**
 * Releases a version of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/createPackRelease
 */
export async function createPackRelease(api: CodaApi, packId: number, release: PackReleaseInput, options: CallOptions = {}): Promise<PackRelease> {
  return api.write({ operation: 'createPackRelease', method: 'POST', path: path`/packs/${packId}/releases`, body: release }, options);
}

/**
 * Lists the releases of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackReleases
 */
export function listPackReleases(api: CodaApi, packId: number, options: ListOptions = {}): Paged<PackRelease> {
  return api.list('listPackReleases', path`/packs/${packId}/releases`, options);
}

/**
 * Changes the notes of a release.
 *
 * @see https://coda.io/developers/apis/v1#operation/updatePackRelease
 */
export async function updatePackRelease(api: CodaApi, packId: number, packReleaseId: number, releaseNotes: string, options: CallOptions = {}): Promise<PackRelease> {
  return api.write({ operation: 'updatePackRelease', method: 'PUT', path: path`/packs/${packId}/releases/${packReleaseId}`, body: { releaseNotes } }, options);
}

/**
 * Lists the reviews of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackReviews
 */
export function listPackReviews(api: CodaApi, packId: number, options: ListPackReviewsOptions = {}): Paged<PackReview> {
  return api.list('listPackReviews', path`/packs/${packId}/reviews`, options);
}

/**
 * Asks for a review of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/createPackReview
 */
export async function createPackReview(api: CodaApi, packId: number, review: PackReviewInput = {}, options: CallOptions = {}): Promise<{ readonly packReviewId: string }> {
  return api.write({ operation: 'createPackReview', method: 'POST', path: path`/packs/${packId}/reviews`, body: review }, options);
}

/**
 * Withdraws the pending review of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/cancelPackReview
 */
export async function cancelPackReview(api: CodaApi, packId: number, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'cancelPackReview', method: 'POST', path: path`/packs/${packId}/reviews/pending/cancel` }, options);
}
