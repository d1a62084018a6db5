import type { PackAssetType } from './pack-models.ts';

export type PackSource = 'web' | 'cli';

export interface PackVersion {
  readonly packId: number;
  readonly buildNotes: string;
  readonly createdAt: Date;
  readonly creationUserLoginId: string;
  readonly releaseId?: number | undefined;
  readonly packVersion: string;
  readonly sdkVersion?: string | undefined;
  readonly source?: PackSource | undefined;
}

/** What the next version must be called, and why. */
export interface NextPackVersionInfo {
  readonly nextVersion: string;
  readonly findings: readonly string[];
  readonly findingDetails: readonly {
    readonly finding: string;
    readonly path: string;
  }[];
}

export interface PackVersionDiffs {
  readonly findings: readonly string[];
  readonly findingDetails: readonly {
    readonly finding: string;
    readonly path: string;
  }[];
}

/** Where to upload a bundle, and with which headers. */
export interface PackVersionUploadInfo {
  readonly uploadUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PackVersionUploadInput {
  readonly notes?: string | undefined;
  readonly source?: PackSource | undefined;
  readonly allowOlderSdkVersion?: boolean | undefined;
}

export interface PackRelease {
  readonly packId: number;
  readonly releaseNotes: string;
  readonly createdAt: Date;
  readonly releaseId: number;
  readonly packVersion: string;
  readonly sdkVersion: string;
}

export type PackReviewStatus = 'pending' | 'approved' | 'denied' | 'canceled' | 'superseded';

export interface PackReviewAdditionalInformation {
  readonly privacyCollectsPersonalInfo?: boolean | null | undefined;
  readonly privacyPersonalInfoCategories?: readonly string[] | null | undefined;
  readonly privacyDataUsagePurposes?: readonly string[] | null | undefined;
  readonly privacyDataCollectedBy?: readonly string[] | null | undefined;
}

export interface PackReview {
  readonly packReviewId: string;
  readonly packId: number;
  readonly packVersion?: string | undefined;
  readonly includesListingReview?: boolean | undefined;
  readonly packReviewStatus: PackReviewStatus;
  readonly submittedByUserId: number;
  readonly submissionTimestamp: Date;
  readonly additionalInformation?: PackReviewAdditionalInformation | undefined;
}

/** Where to upload an asset, and with which headers. */
export interface PackAssetUploadInfo {
  readonly uploadUrl: string;
  readonly packAssetUploadedPathName: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where to upload source code, and with which headers. */
export interface PackSourceCodeUploadInfo {
  readonly uploadUrl: string;
  readonly uploadedPathName: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface UploadPackAssetInput {
  readonly packAssetType: PackAssetType;
  readonly imageHash: string;
  readonly mimeType: string;
  readonly filename: string;
}

export interface UploadPackSourceCodeInput {
  readonly payloadHash: string;
  readonly filename: string;
  readonly packVersion?: string | undefined;
}

export interface UploadedPackSourceCode {
  readonly filename: string;
  readonly codeHash: string;
}

/** A file and where it can be downloaded for a while. */
export interface PackSourceCode {
  readonly filename: string;
  readonly url: string;
}
