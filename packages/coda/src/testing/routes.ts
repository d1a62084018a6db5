/** Every operation of the API: its id, method and path. */
const OPERATIONS: readonly (readonly [operation: string, method: string, path: string])[] = [
  ['listCategories', 'GET', '/categories'],
  ['listDocs', 'GET', '/docs'],
  ['createDoc', 'POST', '/docs'],
  ['getDoc', 'GET', '/docs/{docId}'],
  ['deleteDoc', 'DELETE', '/docs/{docId}'],
  ['updateDoc', 'PATCH', '/docs/{docId}'],
  ['getSharingMetadata', 'GET', '/docs/{docId}/acl/metadata'],
  ['getPermissions', 'GET', '/docs/{docId}/acl/permissions'],
  ['addPermission', 'POST', '/docs/{docId}/acl/permissions'],
  ['deletePermission', 'DELETE', '/docs/{docId}/acl/permissions/{permissionId}'],
  ['searchPrincipals', 'GET', '/docs/{docId}/acl/principals/search'],
  ['getAclSettings', 'GET', '/docs/{docId}/acl/settings'],
  ['updateAclSettings', 'PATCH', '/docs/{docId}/acl/settings'],
  ['publishDoc', 'PUT', '/docs/{docId}/publish'],
  ['unpublishDoc', 'DELETE', '/docs/{docId}/publish'],
  ['listPages', 'GET', '/docs/{docId}/pages'],
  ['createPage', 'POST', '/docs/{docId}/pages'],
  ['getPage', 'GET', '/docs/{docId}/pages/{pageIdOrName}'],
  ['updatePage', 'PUT', '/docs/{docId}/pages/{pageIdOrName}'],
  ['deletePage', 'DELETE', '/docs/{docId}/pages/{pageIdOrName}'],
  ['listPageContent', 'GET', '/docs/{docId}/pages/{pageIdOrName}/content'],
  ['deletePageContent', 'DELETE', '/docs/{docId}/pages/{pageIdOrName}/content'],
  ['beginPageContentExport', 'POST', '/docs/{docId}/pages/{pageIdOrName}/export'],
  ['getPageContentExportStatus', 'GET', '/docs/{docId}/pages/{pageIdOrName}/export/{requestId}'],
  ['listTables', 'GET', '/docs/{docId}/tables'],
  ['getTable', 'GET', '/docs/{docId}/tables/{tableIdOrName}'],
  ['listColumns', 'GET', '/docs/{docId}/tables/{tableIdOrName}/columns'],
  ['listRows', 'GET', '/docs/{docId}/tables/{tableIdOrName}/rows'],
  ['upsertRows', 'POST', '/docs/{docId}/tables/{tableIdOrName}/rows'],
  ['deleteRows', 'DELETE', '/docs/{docId}/tables/{tableIdOrName}/rows'],
  ['getRow', 'GET', '/docs/{docId}/tables/{tableIdOrName}/rows/{rowIdOrName}'],
  ['updateRow', 'PUT', '/docs/{docId}/tables/{tableIdOrName}/rows/{rowIdOrName}'],
  ['deleteRow', 'DELETE', '/docs/{docId}/tables/{tableIdOrName}/rows/{rowIdOrName}'],
  ['pushButton', 'POST', '/docs/{docId}/tables/{tableIdOrName}/rows/{rowIdOrName}/buttons/{columnIdOrName}'],
  ['getColumn', 'GET', '/docs/{docId}/tables/{tableIdOrName}/columns/{columnIdOrName}'],
  ['listFormulas', 'GET', '/docs/{docId}/formulas'],
  ['getFormula', 'GET', '/docs/{docId}/formulas/{formulaIdOrName}'],
  ['listControls', 'GET', '/docs/{docId}/controls'],
  ['getControl', 'GET', '/docs/{docId}/controls/{controlIdOrName}'],
  ['deleteCustomDocDomain', 'DELETE', '/docs/{docId}/domains/{customDocDomain}'],
  ['updateCustomDocDomain', 'PATCH', '/docs/{docId}/domains/{customDocDomain}'],
  ['getCustomDocDomainProvider', 'GET', '/domains/provider/{customDocDomain}'],
  ['listFolders', 'GET', '/folders'],
  ['createFolder', 'POST', '/folders'],
  ['getFolder', 'GET', '/folders/{folderId}'],
  ['updateFolder', 'PATCH', '/folders/{folderId}'],
  ['deleteFolder', 'DELETE', '/folders/{folderId}'],
  ['whoami', 'GET', '/whoami'],
  ['resolveBrowserLink', 'GET', '/resolveBrowserLink'],
  ['getMutationStatus', 'GET', '/mutationStatus/{requestId}'],
  ['triggerWebhookAutomation', 'POST', '/docs/{docId}/hooks/automation/{ruleId}'],
  ['listDocAnalytics', 'GET', '/analytics/docs'],
  ['listPageAnalytics', 'GET', '/analytics/docs/{docId}/pages'],
  ['listDocAnalyticsSummary', 'GET', '/analytics/docs/summary'],
  ['listPackAnalytics', 'GET', '/analytics/packs'],
  ['listPackAnalyticsSummary', 'GET', '/analytics/packs/summary'],
  ['listPackFormulaAnalytics', 'GET', '/analytics/packs/{packId}/formulas'],
  ['getAnalyticsLastUpdated', 'GET', '/analytics/updated'],
  ['listWorkspaceMembers', 'GET', '/workspaces/{workspaceId}/users'],
  ['changeUserRole', 'POST', '/workspaces/{workspaceId}/users/role'],
  ['listWorkspaceRoleActivity', 'GET', '/workspaces/{workspaceId}/roles'],
  ['listPacks', 'GET', '/packs'],
  ['createPack', 'POST', '/packs'],
  ['getPack', 'GET', '/packs/{packId}'],
  ['updatePack', 'PATCH', '/packs/{packId}'],
  ['deletePack', 'DELETE', '/packs/{packId}'],
  ['getPackConfigurationSchema', 'GET', '/packs/{packId}/configurations/schema'],
  ['listPackVersions', 'GET', '/packs/{packId}/versions'],
  ['getNextPackVersion', 'POST', '/packs/{packId}/nextVersion'],
  ['getPackVersionDiffs', 'GET', '/packs/{packId}/versions/{basePackVersion}/diff/{targetPackVersion}'],
  ['registerPackVersion', 'POST', '/packs/{packId}/versions/{packVersion}/register'],
  ['packVersionUploadComplete', 'POST', '/packs/{packId}/versions/{packVersion}/uploadComplete'],
  ['createPackRelease', 'POST', '/packs/{packId}/releases'],
  ['listPackReleases', 'GET', '/packs/{packId}/releases'],
  ['updatePackRelease', 'PUT', '/packs/{packId}/releases/{packReleaseId}'],
  ['listPackReviews', 'GET', '/packs/{packId}/reviews'],
  ['createPackReview', 'POST', '/packs/{packId}/reviews'],
  ['cancelPackReview', 'POST', '/packs/{packId}/reviews/pending/cancel'],
  ['getPackListingDraft', 'GET', '/packs/{packId}/listingDraft'],
  ['upsertPackListingDraft', 'PUT', '/packs/{packId}/listingDraft'],
  ['deletePackListingDraft', 'DELETE', '/packs/{packId}/listingDraft'],
  ['setPackOauthConfig', 'PUT', '/packs/{packId}/oauthConfig'],
  ['getPackOauthConfig', 'GET', '/packs/{packId}/oauthConfig'],
  ['setPackSystemConnection', 'PUT', '/packs/{packId}/systemConnection'],
  ['patchPackSystemConnection', 'PATCH', '/packs/{packId}/systemConnection'],
  ['getPackSystemConnection', 'GET', '/packs/{packId}/systemConnection'],
  ['getPackPermissions', 'GET', '/packs/{packId}/permissions'],
  ['addPackPermission', 'POST', '/packs/{packId}/permissions'],
  ['deleteUserPackPermission', 'DELETE', '/packs/{packId}/permissions'],
  ['deletePackPermission', 'DELETE', '/packs/{packId}/permissions/{permissionId}'],
  ['listUserPackInvitations', 'GET', '/packs/invitations'],
  ['listPackInvitations', 'GET', '/packs/{packId}/invitations'],
  ['createPackInvitation', 'POST', '/packs/{packId}/invitations'],
  ['updatePackInvitation', 'PUT', '/packs/{packId}/invitations/{invitationId}'],
  ['deletePackInvitation', 'DELETE', '/packs/{packId}/invitations/{invitationId}'],
  ['replyToPackInvitation', 'POST', '/packs/invitations/{invitationId}/reply'],
  ['listPackMakers', 'GET', '/packs/{packId}/makers'],
  ['addPackMaker', 'POST', '/packs/{packId}/maker'],
  ['deletePackMaker', 'DELETE', '/packs/{packId}/maker/{loginId}'],
  ['listPackCategories', 'GET', '/packs/{packId}/categories'],
  ['addPackCategory', 'POST', '/packs/{packId}/category'],
  ['deletePackCategory', 'DELETE', '/packs/{packId}/category/{categoryName}'],
  ['uploadPackAsset', 'POST', '/packs/{packId}/uploadAsset'],
  ['uploadPackSourceCode', 'POST', '/packs/{packId}/uploadSourceCode'],
  ['packAssetUploadComplete', 'POST', '/packs/{packId}/assets/{packAssetId}/assetType/{packAssetType}/uploadComplete'],
  ['packSourceCodeUploadComplete', 'POST', '/packs/{packId}/versions/{packVersion}/sourceCode/uploadComplete'],
  ['getPackSourceCode', 'GET', '/packs/{packId}/versions/{packVersion}/sourceCode'],
  ['listPackListings', 'GET', '/packs/listings'],
  ['getPackListing', 'GET', '/packs/{packId}/listing'],
  ['listPackLogs', 'GET', '/packs/{packId}/docs/{docId}/logs'],
  ['listIngestionLogs', 'GET', '/packs/{packId}/tenantId/{tenantId}/rootIngestionId/{rootIngestionId}/logs'],
  ['listGroupedPackLogs', 'GET', '/packs/{packId}/docs/{docId}/groupedLogs'],
  ['listGroupedIngestionLogs', 'GET', '/packs/{packId}/tenantId/{tenantId}/rootIngestionId/{rootIngestionId}/groupedLogs'],
  ['listIngestionBatchExecutions', 'GET', '/packs/{packId}/tenantId/{tenantId}/rootIngestionId/{rootIngestionId}/ingestionBatchExecutions'],
  ['listIngestionParentItems', 'GET', '/packs/{packId}/tenantId/{tenantId}/rootIngestionId/{rootIngestionId}/ingestionBatchExecutions/{ingestionExecutionId}/parentItems'],
  ['getPackLogDetails', 'GET', '/packs/{packId}/tenantId/{tenantId}/rootIngestionId/{rootIngestionId}/logs/{logId}'],
  ['listPackFeaturedDocs', 'GET', '/packs/{packId}/featuredDocs'],
  ['updatePackFeaturedDocs', 'PUT', '/packs/{packId}/featuredDocs'],
  ['addGoLink', 'POST', '/organizations/{organizationId}/goLinks'],
  ['listAgentSessionIds', 'GET', '/go/tenants/{tenantId}/agentInstances/{agentInstanceId}/agentSessionIds'],
  ['listAgentLogs', 'GET', '/go/tenants/{tenantId}/agentInstances/{agentInstanceId}/logs'],
  ['getAgentPackLogDetails', 'GET', '/go/tenants/{tenantId}/agentInstances/{agentInstanceId}/logs/{logId}'],
  ['listCustomDocDomains', 'GET', '/docs/{docId}/domains'],
  ['addCustomDocDomain', 'POST', '/docs/{docId}/domains'],
];

/** Ids of all operations. */
export const OPERATION_IDS: ReadonlySet<string> = new Set(OPERATIONS.map(([operation]) => operation));

/** Paths with fewer parameters come first: `/packs/listings` is not the pack "listings". */
const ROUTES = OPERATIONS.map(([operation, method, path]) => ({ operation, method, names: parametersOf(path), pattern: patternOf(path) })).sort((a, b) => a.names.length - b.names.length);

function parametersOf(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^/apis/v1${path.replace(/\{\w+\}/g, '([^/]+)')}$`);
}

/** What a request is about, `undefined` when the API has no such operation. */
export function findRoute(method: string, pathname: string): { readonly operation: string; readonly params: Readonly<Record<string, string>> } | undefined {
  for (const route of ROUTES) {
    const match = route.method === method && route.pattern.exec(pathname);
    if (match) return { operation: route.operation, params: Object.fromEntries(route.names.map((name, place) => [name, decode(match[place + 1] ?? '')])) };
  }
  return undefined;
}

/** What cannot be decoded is the name of nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
