import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import type { CodaValidationError } from '../api/coda-errors.ts';
import type { NextPackVersionInfo, PackRelease, PackReview, PackVersion, PackVersionDiffs, PackVersionUploadInfo, PackVersionUploadInput } from './pack-version-models.ts';
import {
  cancelPackReview,
  createPackRelease,
  createPackReview,
  getNextPackVersion,
  getPackVersionDiffs,
  listPackReleases,
  listPackReviews,
  listPackVersions,
  packVersionUploadComplete,
  registerPackVersion,
  updatePackRelease,
  type ListPackReviewsOptions,
  type NextPackVersionInput,
  type PackReleaseInput,
  type PackReviewInput,
} from './pack-versions.ts';

/** Versions, releases and reviews of a pack. */
export class PackVersions {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the versions of a pack. */
  list(packId: number, options: ListOptions = {}): Paged<PackVersion> {
    return listPackVersions(this.#api, packId, options);
  }

  /** Tells what the next version of a pack must be called. Changes nothing. */
  getNext(packId: number, version: NextPackVersionInput, options: CallOptions = {}): Promise<NextPackVersionInfo> {
    return getNextPackVersion(this.#api, packId, version, options);
  }

  /** Tells what differs between two versions of a pack. */
  getDiffs(packId: number, basePackVersion: string, targetPackVersion: string, options: ReadOptions = {}): Promise<PackVersionDiffs> {
    return getPackVersionDiffs(this.#api, packId, basePackVersion, targetPackVersion, options);
  }

  /** Registers a version and tells where to upload its bundle. */
  register(packId: number, packVersion: string, bundleHash: string, options: CallOptions = {}): Promise<PackVersionUploadInfo> {
    return registerPackVersion(this.#api, packId, packVersion, bundleHash, options);
  }

  /** Says that the bundle of a version is uploaded, which creates the version. */
  completeUpload(
    packId: number,
    packVersion: string,
    version: PackVersionUploadInput = {},
    options: CallOptions = {},
  ): Promise<{ readonly deprecationWarnings?: readonly CodaValidationError[] | undefined }> {
    return packVersionUploadComplete(this.#api, packId, packVersion, version, options);
  }

  /** Releases a version of a pack. */
  createRelease(packId: number, release: PackReleaseInput, options: CallOptions = {}): Promise<PackRelease> {
    return createPackRelease(this.#api, packId, release, options);
  }

  /** Lists the releases of a pack. */
  listReleases(packId: number, options: ListOptions = {}): Paged<PackRelease> {
    return listPackReleases(this.#api, packId, options);
  }

  /** Changes the notes of a release. */
  updateRelease(packId: number, packReleaseId: number, releaseNotes: string, options: CallOptions = {}): Promise<PackRelease> {
    return updatePackRelease(this.#api, packId, packReleaseId, releaseNotes, options);
  }

  /** Lists the reviews of a pack. */
  listReviews(packId: number, options: ListPackReviewsOptions = {}): Paged<PackReview> {
    return listPackReviews(this.#api, packId, options);
  }

  /** Asks for a review of a pack. */
  createReview(packId: number, review: PackReviewInput = {}, options: CallOptions = {}): Promise<{ readonly packReviewId: string }> {
    return createPackReview(this.#api, packId, review, options);
  }

  /** Withdraws the pending review of a pack. */
  cancelReview(packId: number, options: CallOptions = {}): Promise<void> {
    return cancelPackReview(this.#api, packId, options);
  }
}
