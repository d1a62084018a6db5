export { Account } from './account/account-group.ts';
export { whoami, type User, type UserSummary, type WhoamiOptions } from './account/account.ts';
export { Analytics } from './analytics/analytics-group.ts';
export type {
  AnalyticsLastUpdated,
  AnalyticsScale,
  DocAnalyticsDetails,
  DocAnalyticsItem,
  DocAnalyticsMetrics,
  DocAnalyticsOrderBy,
  DocAnalyticsSummary,
  PageAnalyticsDetails,
  PageAnalyticsItem,
  PageAnalyticsMetrics,
} from './analytics/doc-analytics-models.ts';
export {
  getAnalyticsLastUpdated,
  listDocAnalytics,
  listDocAnalyticsSummary,
  listPageAnalytics,
  type AnalyticsPeriod,
  type DocAnalyticsSummaryOptions,
  type ListDocAnalyticsOptions,
  type ListPageAnalyticsOptions,
} from './analytics/doc-analytics.ts';
export type {
  PackAnalyticsDetails,
  PackAnalyticsItem,
  PackAnalyticsMetrics,
  PackAnalyticsOrderBy,
  PackAnalyticsSummary,
  PackFormulaAnalyticsItem,
  PackFormulaAnalyticsMetrics,
  PackFormulaAnalyticsOrderBy,
  PackFormulaIdentifier,
  PackFormulaType,
} from './analytics/pack-analytics-models.ts';
export {
  listPackAnalytics,
  listPackAnalyticsSummary,
  listPackFormulaAnalytics,
  type ListPackAnalyticsOptions,
  type ListPackFormulaAnalyticsOptions,
  type PackAnalyticsSummaryOptions,
} from './analytics/pack-analytics.ts';
export { CodaApi, type Change, type ListAnswer, type ListOptions, type ReadOptions } from './api/coda-api.ts';
export { CODA_ERROR_CODES, type CodaErrorDetails, type CodaValidationError } from './api/coda-errors.ts';
export type { CodaLimiters, CodaRateLimits, LimitClass } from './api/rate-limits.ts';
export { Automations } from './automations/automations-group.ts';
export { triggerWebhookAutomation } from './automations/automations.ts';
export type { CodaClientOptions, CodaClientSettings } from './coda-client-options.ts';
export { CodaClient } from './coda-client.ts';
export { codaConnection } from './connection.ts';
export { Controls } from './controls/controls-group.ts';
export { getControl, listControls, type Control, type ControlReference, type ListControlsOptions } from './controls/controls.ts';
export { createCodaApi } from './create-coda-api.ts';
export type { Doc, DocCategory, DocPublished, DocPublishMode, DocReference, DocSize, Icon } from './docs/doc-models.ts';
export { Docs } from './docs/docs-group.ts';
export { createDoc, deleteDoc, getDoc, listDocs, updateDoc, type CreateDocInput, type ListDocsOptions, type UpdateDocInput } from './docs/docs.ts';
export { Domains } from './domains/domains-group.ts';
export {
  addCustomDocDomain,
  deleteCustomDocDomain,
  getCustomDocDomainProvider,
  listCustomDocDomains,
  updateCustomDocDomain,
  type CustomDocDomain,
  type CustomDocDomainProvider,
} from './domains/domains.ts';
export type { Folder, FolderReference } from './folders/folder-models.ts';
export { Folders } from './folders/folders-group.ts';
export {
  createFolder,
  deleteFolder,
  getFolder,
  listFolders,
  updateFolder,
  type CreateFolderInput,
  type ListFoldersOptions,
  type UpdateFolderInput,
} from './folders/folders.ts';
export { Formulas } from './formulas/formulas-group.ts';
export { getFormula, listFormulas, type Formula, type FormulaReference, type ListFormulasOptions } from './formulas/formulas.ts';
export { GoLinks } from './go-links/go-links-group.ts';
export { addGoLink, type AddGoLinkInput } from './go-links/go-links.ts';
export { Links } from './links/links-group.ts';
export { resolveBrowserLink, type ApiLink, type ResolveBrowserLinkOptions } from './links/links.ts';
export { CODA_HOSTS, parseLink, type ParsedLink } from './links/parse-link.ts';
export { getMutationStatus, type MutationStatus } from './mutations/mutation-status.ts';
export { Mutations } from './mutations/mutations-group.ts';
export { resumeMutation, type Queued, type QueuedChange } from './mutations/queued-change.ts';
export { getAgentPackLogDetails, listAgentLogs, listAgentSessionIds, type ListAgentLogsOptions } from './packs/agent-logs.ts';
export type {
  IngestionBatchExecution,
  IngestionChildExecutionType,
  IngestionExecutionType,
  IngestionParentItem,
  IngestionStatus,
} from './packs/ingestion-models.ts';
export {
  listIngestionBatchExecutions,
  listIngestionParentItems,
  type ListIngestionBatchExecutionsOptions,
  type ListIngestionParentItemsOptions,
} from './packs/ingestions.ts';
export { PackAccess } from './packs/pack-access-group.ts';
export type {
  PackAccessType,
  PackGlobalPrincipal,
  PackGrammarlyInstitutionPrincipal,
  PackGroupPrincipal,
  PackInvitation,
  PackInvitationWithPack,
  PackNomosOrganizationPrincipal,
  PackPermission,
  PackPermissionList,
  PackPrincipal,
  PackUserPrincipal,
  PackWorkspacePrincipal,
} from './packs/pack-access-models.ts';
export {
  addPackPermission,
  createPackInvitation,
  deletePackInvitation,
  deletePackPermission,
  deleteUserPackPermission,
  getPackPermissions,
  listPackInvitations,
  listUserPackInvitations,
  replyToPackInvitation,
  updatePackInvitation,
} from './packs/pack-access.ts';
export { PackAssets } from './packs/pack-assets-group.ts';
export { getPackSourceCode, packAssetUploadComplete, packSourceCodeUploadComplete, uploadPackAsset, uploadPackSourceCode } from './packs/pack-assets.ts';
export type {
  PackConnectionAwsAccessKeyMetadata,
  PackConnectionAwsAssumeRoleMetadata,
  PackConnectionCustomMetadata,
  PackConnectionGoogleServiceAccountMetadata,
  PackConnectionHeaderMetadata,
  PackConnectionHttpBasicMetadata,
  PackConnectionMultiHeaderMetadata,
  PackConnectionOauth2ClientCredentialsMetadata,
  PackConnectionUrlParamMetadata,
  PackOAuth2ClientCredentialsLocation,
  PackOauthConfig,
  PackOauthConfigInput,
  PackSystemConnection,
} from './packs/pack-connection-models.ts';
export { PackConnections } from './packs/pack-connections-group.ts';
export {
  getPackOauthConfig,
  getPackSystemConnection,
  patchPackSystemConnection,
  setPackOauthConfig,
  setPackSystemConnection,
} from './packs/pack-connections.ts';
export type {
  PackConnectionAwsAccessKeyCredentials,
  PackConnectionAwsAccessKeyPatch,
  PackConnectionAwsAssumeRoleCredentials,
  PackConnectionAwsAssumeRolePatch,
  PackConnectionCustomCredentials,
  PackConnectionCustomPatch,
  PackConnectionGoogleServiceAccountCredentials,
  PackConnectionGoogleServiceAccountPatch,
  PackConnectionHeaderCredentials,
  PackConnectionHeaderPatch,
  PackConnectionHttpBasicCredentials,
  PackConnectionHttpBasicPatch,
  PackConnectionMultiHeaderCredentials,
  PackConnectionMultiHeaderPatch,
  PackConnectionOauth2ClientCredentials,
  PackConnectionOauth2ClientCredentialsPatch,
  PackConnectionUrlParamCredentials,
  PackConnectionUrlParamPatch,
  PackSystemConnectionCredentials,
  PackSystemConnectionPatch,
} from './packs/pack-credential-models.ts';
export type {
  BundledPackPlan,
  BundledPackPlanPricing,
  FeatureSet,
  FreePackPlanPricing,
  IngestionLimitSettings,
  IngestionPackReleaseChannel,
  IngestionTableSetting,
  MonthlyDocMakerPackPlanPricing,
  PackCategoryType,
  PackConfigurationEntry,
  PackDiscoverability,
  PackListing,
  PackListingDetail,
  PackListingDraft,
  PackListingDraftData,
  PackListingDraftInput,
  PackListingInstallContextType,
  PackListingsSortBy,
  PackOrganizationAccessForCodaBrain,
  PackOrganizationAccessForDocs,
  PackPlanCurrency,
  PackUserAccess,
  PaidFeatureSet,
  ParameterSetting,
  SavedPackListingDraft,
  StandardPackPlan,
} from './packs/pack-listing-models.ts';
export { PackListings } from './packs/pack-listings-group.ts';
export {
  deletePackListingDraft,
  getPackListing,
  getPackListingDraft,
  listPackListings,
  upsertPackListingDraft,
  type GetPackListingOptions,
  type ListPackListingsOptions,
} from './packs/pack-listings.ts';
export type {
  GroupedPackAuthLog,
  GroupedPackInvocationLog,
  GroupedPackLog,
  LogLevel,
  PackAgentRuntimeLog,
  PackAgentRuntimeLogDetails,
  PackAuthLog,
  PackCustomLog,
  PackFetcherLog,
  PackFetcherLogDetails,
  PackIngestionDebugLog,
  PackIngestionLifecycleLog,
  PackInternalLog,
  PackInvocationLog,
  PackInvocationLogDetails,
  PackLog,
  PackLogContext,
  PackLogDetails,
  PackLogRequestType,
  PackLogType,
  PackMcpLog,
} from './packs/pack-log-models.ts';
export { PackLogs } from './packs/pack-logs-group.ts';
export {
  getPackLogDetails,
  listGroupedIngestionLogs,
  listGroupedPackLogs,
  listIngestionLogs,
  listPackLogs,
  type ListGroupedIngestionLogsOptions,
  type ListGroupedPackLogsOptions,
  type ListIngestionLogsOptions,
  type ListPackLogsOptions,
} from './packs/pack-logs.ts';
export { PackMakers } from './packs/pack-makers-group.ts';
export { addPackCategory, addPackMaker, deletePackCategory, deletePackMaker, listPackCategories, listPackMakers } from './packs/pack-makers.ts';
export type {
  CreatedPack,
  CreatePackInput,
  FeaturedDocInput,
  FeaturedDocStatus,
  Maker,
  MakerSummary,
  Pack,
  PackAssetType,
  PackEntrypoint,
  PackFeaturedDoc,
  PackImageFile,
  PackListingAdditionalInformation,
  PackRateLimit,
  PackSourceCodeVisibility,
  PackSummary,
  PublishingCategory,
  UpdatePackInput,
  UploadedPackImage,
} from './packs/pack-models.ts';
export type {
  NextPackVersionInfo,
  PackAssetUploadInfo,
  PackRelease,
  PackReview,
  PackReviewAdditionalInformation,
  PackReviewStatus,
  PackSource,
  PackSourceCode,
  PackSourceCodeUploadInfo,
  PackVersion,
  PackVersionDiffs,
  PackVersionUploadInfo,
  PackVersionUploadInput,
  UploadedPackSourceCode,
  UploadPackAssetInput,
  UploadPackSourceCodeInput,
} from './packs/pack-version-models.ts';
export { PackVersions } from './packs/pack-versions-group.ts';
export {
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
} from './packs/pack-versions.ts';
export { Packs } from './packs/packs-group.ts';
export {
  createPack,
  deletePack,
  getPack,
  getPackConfigurationSchema,
  listPackFeaturedDocs,
  listPacks,
  updatePack,
  updatePackFeaturedDocs,
  type ExcludedPackGrants,
  type ListPacksOptions,
} from './packs/packs.ts';
export { ExportedPage, type RenewLink } from './pages/exported-page.ts';
export {
  beginPageContentExport,
  exportPage,
  getPageContentExportStatus,
  resumePageExport,
  type ExportPageOptions,
  type PageExportStatus,
} from './pages/page-export.ts';
export { readPageContent, writePageContent, type WritePageContentOptions } from './pages/page-markdown.ts';
export type {
  CanvasContent,
  CreatePageInput,
  NewPageContent,
  Page,
  PageContentFormat,
  PageContentItem,
  PageContentUpdate,
  PageProperties,
  PageReference,
  PersonReference,
  UpdatePageInput,
} from './pages/page-models.ts';
export { Pages } from './pages/pages-group.ts';
export {
  createPage,
  deletePage,
  deletePageContent,
  getPage,
  listPageContent,
  listPages,
  updatePage,
  type ChangedPage,
  type ListPageContentOptions,
} from './pages/pages.ts';
export { Permissions } from './permissions/permissions-group.ts';
export {
  addPermission,
  deletePermission,
  getAclSettings,
  getPermissions,
  getSharingMetadata,
  searchPrincipals,
  updateAclSettings,
  type AccessType,
  type AclSettings,
  type AddPermissionInput,
  type FoundPrincipals,
  type NewPrincipal,
  type Permission,
  type Principal,
  type SharingMetadata,
} from './permissions/permissions.ts';
export { Publishing } from './publishing/publishing-group.ts';
export { listCategories, publishDoc, unpublishDoc, type PublishDocInput } from './publishing/publishing.ts';
export { DEFAULT_ROWS_PER_REQUEST, MAX_BODY_BYTES } from './rows/row-batches.ts';
export { MAX_ROW_BYTES } from './rows/row-edits.ts';
export type { Row, RowDetail, RowInput, RowPage, RowPages } from './rows/row-models.ts';
export { Rows } from './rows/rows-group.ts';
export {
  deleteRow,
  getRow,
  listRows,
  pushButton,
  updateRow,
  type GetRowOptions,
  type ListRowsOptions,
  type RowFormatOptions,
  type WriteRowOptions,
} from './rows/rows.ts';
export { deleteRows, insertRows, upsertRows, type InsertRowsOptions, type RowSource, type WriteRowsOptions } from './rows/write-rows.ts';
export { WrittenRows, type QueuedBatch, type WriteReport } from './rows/written-rows.ts';
export { Columns } from './tables/columns-group.ts';
export { getColumn, listColumns, type ListColumnsOptions } from './tables/columns.ts';
export type { Column, ColumnDetail, ColumnFormat, ColumnReference, ColumnType, Table, TableFilter, TableReference, TableType } from './tables/table-models.ts';
export { Tables } from './tables/tables-group.ts';
export { getTable, listTables, type GetTableOptions, type ListTablesOptions } from './tables/tables.ts';
export { readCsv, type CsvRecord, type ReadCsvOptions } from './text-formats/read-csv.ts';
export { readNdjson, type JsonRecord } from './text-formats/read-ndjson.ts';
export type { TextSource } from './text-formats/text-source.ts';
export { toCsv, type WriteCsvOptions } from './text-formats/write-csv.ts';
export type { ColumnSpec, TableSchema, ValuesOf, ValuesToWrite } from './typed-tables/column-spec.ts';
export { column, type PersonCell, type RowCell } from './typed-tables/column.ts';
export { inferSchema } from './typed-tables/infer-schema.ts';
export { SyncPlan, SyncResult, type PlannedChange, type SyncCounts, type SyncTarget } from './typed-tables/sync-plan.ts';
export { TableColumns } from './typed-tables/table-columns.ts';
export {
  openTable,
  TypedTable,
  type ListTypedRowsOptions,
  type SyncOptions,
  type TypedRow,
  type TypedRowPage,
  type TypedRowPages,
} from './typed-tables/typed-table.ts';
export type { CellOf, PlainValue, RichCell, Scalar, StructuredCell, ValueFormat } from './values/cell-values.ts';
export {
  currencyValue,
  imageValue,
  linkValue,
  listValue,
  parseRichValue,
  personValue,
  richText,
  rowValue,
  textValue,
  type ImageValue,
  type RichValue,
  type RowValue,
} from './values/rich-values.ts';
export type { CellInput, SingleCellInput } from './values/write-values.ts';
export type { WorkspaceReference, WorkspaceRoleActivity, WorkspaceUser, WorkspaceUserRole } from './workspaces/workspace-models.ts';
export { Workspaces } from './workspaces/workspaces-group.ts';
export { changeUserRole, listWorkspaceMembers, listWorkspaceRoleActivity, type ListWorkspaceMembersOptions } from './workspaces/workspaces.ts';
