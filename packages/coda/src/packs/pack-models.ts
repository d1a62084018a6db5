import type { DocReference } from '../docs/doc-models.ts';

export type FeaturedDocStatus = 'docInaccessibleOrDoesNotExist' | 'invalidPublishedDocUrl';

export type PackAssetType = 'logo' | 'cover' | 'exampleImage' | 'agentImage';

export interface PackImageFile {
  readonly filename: string;
  readonly imageUrl: string;
  readonly assetId: string;
  readonly altText?: string | undefined;
  readonly mimeType?: string | undefined;
}

export type PackEntrypoint = 'go' | 'docs';

export type PackSourceCodeVisibility = 'private' | 'shared';

export interface PackRateLimit {
  readonly intervalSeconds: number;
  readonly operationsPerInterval: number;
}

export interface PublishingCategory {
  readonly categoryId: string;
  readonly categoryName: string;
  readonly categorySlug?: string | undefined;
}

/** What a listing says about personal data. */
export interface PackListingAdditionalInformation {
  readonly privacyCollectsPersonalInfo?: boolean | null | undefined;
  readonly privacyPersonalInfoCategories?: readonly string[] | null | undefined;
  readonly privacyDataUsagePurposes?: readonly string[] | null | undefined;
  readonly privacyDataCollectedBy?: readonly string[] | null | undefined;
}

export interface PackSummary {
  readonly id: number;
  readonly logoUrl?: string | undefined;
  readonly coverUrl?: string | undefined;
  readonly exampleImages?: readonly PackImageFile[] | undefined;
  readonly agentImages?: readonly PackImageFile[] | undefined;
  readonly workspaceId: string;
  readonly categories: readonly PublishingCategory[];
  readonly certified?: boolean | undefined;
  readonly certifiedAgent?: boolean | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly packEntrypoints?: readonly PackEntrypoint[] | undefined;
  readonly verifiedVersion?: string | undefined;
  readonly name: string;
  readonly description: string;
  readonly shortDescription: string;
  readonly agentShortDescription?: string | undefined;
  readonly agentDescription?: string | undefined;
  readonly supportEmail?: string | undefined;
  readonly termsOfServiceUrl?: string | undefined;
  readonly privacyPolicyUrl?: string | undefined;
}

export interface Pack {
  readonly id: number;
  readonly logoUrl?: string | undefined;
  readonly coverUrl?: string | undefined;
  readonly exampleImages?: readonly PackImageFile[] | undefined;
  readonly agentImages?: readonly PackImageFile[] | undefined;
  readonly workspaceId: string;
  readonly categories: readonly PublishingCategory[];
  readonly certified?: boolean | undefined;
  readonly certifiedAgent?: boolean | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly packEntrypoints?: readonly PackEntrypoint[] | undefined;
  readonly verifiedVersion?: string | undefined;
  readonly name: string;
  readonly description: string;
  readonly shortDescription: string;
  readonly agentShortDescription?: string | undefined;
  readonly agentDescription?: string | undefined;
  readonly supportEmail?: string | undefined;
  readonly termsOfServiceUrl?: string | undefined;
  readonly privacyPolicyUrl?: string | undefined;
  readonly overallRateLimit?: PackRateLimit | undefined;
  readonly perConnectionRateLimit?: PackRateLimit | undefined;
  readonly featuredDocStatus?: FeaturedDocStatus | undefined;
  readonly additionalInformation?: PackListingAdditionalInformation | undefined;
}

export interface CreatePackInput {
  readonly workspaceId?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly sourcePackId?: number | null | undefined;
}

export interface CreatedPack {
  readonly packId: number;
  readonly sourcePackId?: number | null | undefined;
}

/** An image uploaded with `uploadPackAsset`. */
export interface UploadedPackImage {
  readonly assetId: string;
  readonly filename: string;
  readonly mimeType?: string | undefined;
}

/** `null` takes a value away. */
export interface UpdatePackInput {
  readonly overallRateLimit?: {
    readonly intervalSeconds: number;
    readonly operationsPerInterval: number;
  } | null | undefined;
  readonly perConnectionRateLimit?: {
    readonly intervalSeconds: number;
    readonly operationsPerInterval: number;
  } | null | undefined;
  readonly logo?: {
    readonly assetId: string;
    readonly filename: string;
    readonly mimeType?: string | undefined;
  } | null | undefined;
  readonly cover?: {
    readonly assetId: string;
    readonly filename: string;
    readonly mimeType?: string | undefined;
  } | null | undefined;
  readonly exampleImages?: readonly UploadedPackImage[] | null | undefined;
  readonly agentImages?: readonly UploadedPackImage[] | null | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly packEntrypoints?: readonly PackEntrypoint[] | null | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly shortDescription?: string | undefined;
  readonly agentShortDescription?: string | undefined;
  readonly agentDescription?: string | undefined;
  readonly supportEmail?: string | undefined;
  readonly termsOfServiceUrl?: string | undefined;
  readonly privacyPolicyUrl?: string | undefined;
}

export interface Maker {
  readonly name: string;
  readonly pictureLink?: string | undefined;
  readonly slug?: string | undefined;
  readonly jobTitle?: string | undefined;
  readonly employer?: string | undefined;
  readonly description?: string | undefined;
  readonly loginId: string;
}

export interface MakerSummary {
  readonly name: string;
  readonly pictureLink?: string | undefined;
  readonly slug?: string | undefined;
  readonly jobTitle?: string | undefined;
  readonly employer?: string | undefined;
  readonly description?: string | undefined;
}

export interface PackFeaturedDoc {
  readonly doc: DocReference;
  readonly isPinned: boolean;
  readonly docStatus?: FeaturedDocStatus | undefined;
  readonly publishedUrl?: string | undefined;
}

export interface FeaturedDocInput {
  readonly url: string;
  readonly isPinned?: boolean | undefined;
}
