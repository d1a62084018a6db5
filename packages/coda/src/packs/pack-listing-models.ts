import type { UserSummary } from '../account/account.ts';
import type { FolderReference } from '../folders/folder-models.ts';
import type { Permission } from '../permissions/permissions.ts';
import type { MakerSummary, PackImageFile, PackListingAdditionalInformation, PackSourceCodeVisibility, PublishingCategory, UploadedPackImage } from './pack-models.ts';

export type PackCategoryType = 'connector' | 'agent' | 'customAgent';

export type FeatureSet = 'Basic' | 'Pro' | 'Team' | 'Enterprise';

export type PaidFeatureSet = 'Pro' | 'Team' | 'Enterprise';

export type PackPlanCurrency = 'USD';

export interface FreePackPlanPricing {
  readonly type: 'Free';
}

export interface MonthlyDocMakerPackPlanPricing {
  readonly type: 'MonthlyDocMaker';
  readonly amount: number;
  readonly currency: PackPlanCurrency;
}

export interface BundledPackPlanPricing {
  readonly type: 'BundledWithTier';
  readonly minimumFeatureSet: PaidFeatureSet;
}

export interface StandardPackPlan {
  readonly packPlanId: string;
  readonly packId: number;
  readonly pricing: FreePackPlanPricing | MonthlyDocMakerPackPlanPricing;
  readonly createdAt: Date;
}

export interface BundledPackPlan {
  readonly packPlanId: string;
  readonly packId: number;
  readonly pricing: BundledPackPlanPricing;
  readonly createdAt: Date;
}

export interface PackListing {
  readonly packId: number;
  readonly packVersion: string;
  readonly releaseId?: number | undefined;
  readonly lastReleasedAt?: Date | undefined;
  readonly logoUrl: string;
  readonly logo: PackImageFile;
  readonly coverUrl?: string | undefined;
  readonly cover?: PackImageFile | undefined;
  readonly exampleImages?: readonly PackImageFile[] | undefined;
  readonly agentImages?: readonly PackImageFile[] | undefined;
  readonly name: string;
  readonly description: string;
  readonly shortDescription: string;
  readonly agentShortDescription?: string | undefined;
  readonly agentDescription?: string | undefined;
  readonly supportEmail?: string | undefined;
  readonly termsOfServiceUrl?: string | undefined;
  readonly privacyPolicyUrl?: string | undefined;
  readonly categories: readonly PublishingCategory[];
  readonly makers: readonly MakerSummary[];
  readonly certified?: boolean | undefined;
  readonly certifiedAgent?: boolean | undefined;
  readonly minimumFeatureSet?: FeatureSet | undefined;
  readonly unrestrictedFeatureSet?: FeatureSet | undefined;
  readonly externalMetadataUrl: string;
  readonly standardPackPlan?: StandardPackPlan | undefined;
  readonly bundledPackPlan?: BundledPackPlan | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly sdkVersion: string;
  readonly packCategoryType: PackCategoryType;
  readonly packType?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export type PackDiscoverability = 'public' | 'nomosOrganization' | 'group' | 'grammarlyInstitution' | 'workspace' | 'private';

export interface PackConfigurationEntry {
  readonly configurationId: string;
  readonly name: string;
  readonly policy?: Readonly<Record<string, unknown>> | undefined;
}

export interface PackOrganizationAccessForDocs {
  readonly canRequestAccess: boolean;
  readonly hasRequestedAccess: boolean;
  readonly requiresConfiguration: boolean;
  readonly allowedConfigurations?: readonly PackConfigurationEntry[] | undefined;
  readonly allowedPackIds?: readonly number[] | undefined;
  readonly incompatibleDocPermissions?: readonly Permission[] | undefined;
  readonly incompatibleDocOwner?: UserSummary | undefined;
  readonly incompatibleDocFolder?: FolderReference | undefined;
  readonly isDocOwner?: boolean | undefined;
}

export interface PackOrganizationAccessForCodaBrain {
  readonly canRequestAccess: boolean;
  readonly hasRequestedAccess: boolean;
  readonly requiresConfiguration: boolean;
  readonly allowedConfigurations?: readonly PackConfigurationEntry[] | undefined;
  readonly allowedPackIds?: readonly number[] | undefined;
}

export interface ParameterSetting {
  readonly default: string;
  readonly allowed: readonly string[];
}

export interface IngestionTableSetting {
  readonly maxBytesPerSyncTableOverride?: number | null | undefined;
  readonly excludeIngestionByDefault?: boolean | undefined;
  readonly parameterLimits?: Readonly<Record<string, ParameterSetting>> | undefined;
}

export interface IngestionLimitSettings {
  readonly tableSettings?: Readonly<Record<string, IngestionTableSetting>> | undefined;
  readonly maxBytesPerSyncTableDefault: number | null;
  readonly allowedTablesCount: number;
}

export interface PackUserAccess {
  readonly canEdit: boolean;
  readonly canTest: boolean;
  readonly canView: boolean;
  readonly canInstall: boolean;
  readonly canPurchase: boolean;
  readonly requiresTrial: boolean;
  readonly canConnectAccount: boolean;
  readonly organization?: PackOrganizationAccessForDocs | PackOrganizationAccessForCodaBrain | undefined;
  readonly ingestionLimitSettings?: IngestionLimitSettings | undefined;
}

export interface PackListingDetail {
  readonly packId: number;
  readonly packVersion: string;
  readonly releaseId?: number | undefined;
  readonly lastReleasedAt?: Date | undefined;
  readonly logoUrl: string;
  readonly logo: PackImageFile;
  readonly coverUrl?: string | undefined;
  readonly cover?: PackImageFile | undefined;
  readonly exampleImages?: readonly PackImageFile[] | undefined;
  readonly agentImages?: readonly PackImageFile[] | undefined;
  readonly name: string;
  readonly description: string;
  readonly shortDescription: string;
  readonly agentShortDescription?: string | undefined;
  readonly agentDescription?: string | undefined;
  readonly supportEmail?: string | undefined;
  readonly termsOfServiceUrl?: string | undefined;
  readonly privacyPolicyUrl?: string | undefined;
  readonly categories: readonly PublishingCategory[];
  readonly makers: readonly MakerSummary[];
  readonly certified?: boolean | undefined;
  readonly certifiedAgent?: boolean | undefined;
  readonly minimumFeatureSet?: FeatureSet | undefined;
  readonly unrestrictedFeatureSet?: FeatureSet | undefined;
  readonly externalMetadataUrl: string;
  readonly standardPackPlan?: StandardPackPlan | undefined;
  readonly bundledPackPlan?: BundledPackPlan | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly sdkVersion: string;
  readonly packCategoryType: PackCategoryType;
  readonly discoverability: PackDiscoverability;
  readonly userAccess: PackUserAccess;
  readonly codaHelpCenterUrl?: string | undefined;
  readonly configuration?: PackConfigurationEntry | undefined;
  readonly packType?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export type PackListingInstallContextType = 'workspace' | 'doc' | 'codaBrain';

export type IngestionPackReleaseChannel = 'LIVE' | 'LATEST';

export interface PackListingDraftData {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly shortDescription?: string | undefined;
  readonly logo?: PackImageFile | undefined;
  readonly cover?: PackImageFile | undefined;
  readonly exampleImages?: readonly PackImageFile[] | null | undefined;
  readonly agentImages?: readonly PackImageFile[] | null | undefined;
  readonly categoryIds?: readonly string[] | undefined;
  readonly supportEmail?: string | null | undefined;
  readonly termsOfServiceUrl?: string | null | undefined;
  readonly privacyPolicyUrl?: string | null | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly agentShortDescription?: string | null | undefined;
  readonly agentDescription?: string | null | undefined;
  readonly additionalInformation?: PackListingAdditionalInformation | undefined;
}

export interface PackListingDraftInput {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly shortDescription?: string | undefined;
  readonly logo?: PackImageFile | undefined;
  readonly cover?: PackImageFile | undefined;
  readonly exampleImages?: readonly PackImageFile[] | null | undefined;
  readonly agentImages?: readonly UploadedPackImage[] | null | undefined;
  readonly categoryIds?: readonly string[] | undefined;
  readonly supportEmail?: string | null | undefined;
  readonly termsOfServiceUrl?: string | null | undefined;
  readonly privacyPolicyUrl?: string | null | undefined;
  readonly sourceCodeVisibility?: PackSourceCodeVisibility | undefined;
  readonly agentShortDescription?: string | null | undefined;
  readonly agentDescription?: string | null | undefined;
  readonly additionalInformation?: PackListingAdditionalInformation | undefined;
}

export interface PackListingDraft {
  readonly packListingDraftId?: string | undefined;
  readonly listingData?: PackListingDraftData | undefined;
}

export interface SavedPackListingDraft {
  readonly packListingDraftId: string;
  readonly packId: number;
  readonly listingData: PackListingDraftData;
}

export type PackListingsSortBy = 'packId' | 'name' | 'packVersion' | 'packVersionModifiedAt' | 'agentDirectorySort';
