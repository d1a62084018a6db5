import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { codaDocument } from '../../../tools/operations-coverage/documents/coda.ts';
import { hasDocument } from '../../../tools/operations-coverage/load-description.ts';
import type { CodaClient } from '../src/index.ts';
import { findRoute, OPERATION_IDS } from '../src/testing/routes.ts';
import { all, openHarness, problemsOf, putRows, validator, type Harness } from './harness.ts';

let harness: Harness;
let client: CodaClient;
let docId: string;

beforeEach(() => {
  harness = openHarness();
  ({ client, docId } = harness);
  return () => {
    expect(problemsOf(harness.service)).toEqual([]);
  };
});

describe('every operation is sent as the document wants it and its answer is understood', () => {
  it('account, links and mutations', async () => {
    expect(await client.account.whoami({ includeUserOrg: true })).toMatchObject({ loginId: 'owner@example.com', organizationId: 'org-1' });
    expect(await client.links.resolve(`https://coda.io/d/_d${docId}`, { degradeGracefully: true })).toMatchObject({ resource: { type: 'doc', id: docId } });
    const { requestId = '' } = await client.automations.trigger(docId, 'grid-auto', { hello: 'world' });
    harness.clock.skip(20_000);
    expect(await client.mutations.getStatus(requestId)).toEqual({ completed: true });
  });

  it('docs', async () => {
    const created = await client.docs.create({ title: 'Plan', sourceDoc: docId, timezone: 'Europe/Zurich', folderId: 'fl-1', initialPage: { name: 'Start' } });
    expect(created).toMatchObject({ name: 'Plan', sourceDoc: { id: docId } });
    expect(created.createdAt).toBeInstanceOf(Date);
    await client.docs.update(created.id, { title: 'Better plan', iconName: 'rocket' });
    expect(await client.docs.get(created.id)).toMatchObject({ name: 'Better plan' });
    expect((await all(client.docs.list({ isOwner: true, query: 'plan', workspaceId: 'ws-1', limit: 10 }))).map(({ id }) => id)).toEqual([created.id]);
    await client.docs.delete(created.id);
    await expect(client.docs.get(created.id)).rejects.toMatchObject({ code: 'not_found', status: 404 });
    await client.docs.delete(created.id);
  });

  it('folders', async () => {
    const folder = await client.folders.create({ name: 'Projects', workspaceId: 'ws-1Ab234', description: 'All of them' });
    expect(folder.iconColor).toBe('DARK_BLUE');
    expect(await client.folders.update(folder.id, { name: 'Old projects' })).toMatchObject({ name: 'Old projects' });
    expect(await client.folders.get(folder.id)).toMatchObject({ name: 'Old projects' });
    expect(await all(client.folders.list({ workspaceId: 'ws-1Ab234', isStarred: false }))).toHaveLength(1);
    await client.folders.delete(folder.id);
    expect(await all(client.folders.list())).toEqual([]);
    await client.folders.delete(folder.id);
  });

  it('pages and their content', async () => {
    const page = await client.pages.create(docId, { name: 'Notes', subtitle: 'All', parentPageId: 'canvas-first', pageContent: { type: 'canvas', canvasContent: { format: 'markdown', content: '# Hello\nworld' } } });
    await page.applied();
    expect(await client.pages.get(docId, page.id)).toMatchObject({ name: 'Notes', parent: { id: 'canvas-first' } });
    expect(await all(client.pages.list(docId, { limit: 1 }))).toHaveLength(2);
    const update = await client.pages.update(docId, 'Notes', { isHidden: true, contentUpdate: { insertionMode: 'append', canvasContent: { format: 'html', content: '<p>more</p>' } } });
    await update.applied();
    const lines = await all(client.pages.listContent(docId, page.id, { limit: 2, contentFormat: 'plainText' }));
    expect(lines.map(({ itemContent }) => itemContent?.content)).toEqual(['# Hello', 'world', '<p>more</p>']);
    await (await client.pages.deleteContent(docId, page.id, [lines[1]!.id])).applied();
    const started = await client.pages.beginExport(docId, page.id, 'markdown');
    harness.clock.skip(20_000);
    expect(await client.pages.getExportStatus(docId, page.id, started.id)).toMatchObject({ status: 'complete', downloadLink: expect.any(String) as string });
    expect(await client.pages.readContent(docId, page.id)).toBe('# Hello\n<p>more</p>');
    await (await client.pages.deleteContent(docId, page.id, 'everything')).applied();
    expect(await all(client.pages.listContent(docId, page.id))).toEqual([]);
    await (await client.pages.delete(docId, page.id)).applied();
    await expect(client.pages.get(docId, page.id)).rejects.toMatchObject({ code: 'not_found', status: 410, vendorCode: 'Gone' });
  });

  it('pages that embed and synchronize', async () => {
    await client.pages.create(docId, { pageContent: { type: 'embed', url: 'https://example.com', renderMethod: 'standard' } });
    await client.pages.create(docId, { pageContent: { type: 'syncPage', mode: 'document', sourceDocId: docId } });
    await client.pages.create(docId, { pageContent: { type: 'syncPage', mode: 'page', sourceDocId: docId, sourcePageId: 'canvas-first', includeSubpages: true } });
  });

  it('tables, columns, formulas and controls', async () => {
    expect(await all(client.tables.list(docId, { sortBy: 'name', tableTypes: ['table', 'view'] }))).toHaveLength(1);
    expect(await client.tables.get(docId, 'Tasks', { useUpdatedTableLayouts: true })).toMatchObject({ id: 'grid-tasks', viewId: 'table-grid-tasks' });
    expect(await all(client.columns.list(docId, 'grid-tasks', { visibleOnly: false, includeImageRefColumns: true, limit: 3 }))).toHaveLength(11);
    expect(await client.columns.get(docId, 'grid-tasks', 'Title')).toMatchObject({ id: 'c-title', parent: { name: 'Tasks' } });
    expect(await all(client.formulas.list(docId, { sortBy: 'name' }))).toHaveLength(1);
    expect(await client.formulas.get(docId, 'f-1')).toMatchObject({ value: [1, ['two', true]] });
    expect(await all(client.controls.list(docId))).toHaveLength(1);
    expect(await client.controls.get(docId, 'ctrl-1')).toMatchObject({ controlType: 'slider', value: 7 });
  });

  it('rows', async () => {
    putRows(harness.table, 3, (place) => ({ 'c-title': `Task ${String(place)}`, 'c-points': place }));
    expect(await all(client.rows.list(docId, 'Tasks', { query: 'c-title:"Task 1"', sortBy: 'createdAt', visibleOnly: false, useColumnNames: true, valueFormat: 'rich' }))).toMatchObject([{ values: { Title: '```Task 1```' } }]);
    expect(await client.rows.get(docId, 'Tasks', 'i-row2')).toMatchObject({ values: { 'c-points': 2 }, parent: { id: 'grid-tasks' } });
    const inserted = await client.rows.insert(docId, 'Tasks', [{ Title: 'New', Points: '4' }], { idempotent: true, disableParsing: true });
    await inserted.applied();
    expect(harness.table.rows.get(inserted.rowIds[0]!)?.cells).toEqual({ 'c-title': 'New', 'c-points': '4' });
    await (await client.rows.upsert(docId, 'Tasks', [{ Title: 'New', Points: '5' }], ['Title'])).applied();
    expect(harness.table.rows.get(inserted.rowIds[0]!)?.cells).toMatchObject({ 'c-points': 5 });
    await (await client.rows.update(docId, 'Tasks', 'i-row0', { 'c-points': 9 })).applied();
    await (await client.rows.pushButton(docId, 'Tasks', 'i-row0', 'Go')).applied();
    await (await client.rows.delete(docId, 'Tasks', 'i-row1')).applied();
    await (await client.rows.deleteMany(docId, 'Tasks', ['i-row2', 'i-unknown'])).applied();
    expect([...harness.table.rows.keys()]).toEqual(['i-row0', inserted.rowIds[0]]);
    expect(await (await client.rows.delete(docId, 'Tasks', 'i-row1')).applied()).toEqual({ completed: true });
  });

  it('permissions and settings of sharing', async () => {
    expect(await client.permissions.getSharingMetadata(docId)).toMatchObject({ canShare: true });
    await client.permissions.add(docId, { access: 'write', principal: { type: 'email', email: 'friend@example.com' }, suppressEmail: true });
    await client.permissions.add(docId, { access: 'readonly', principal: { type: 'domain', domain: 'example.com' } });
    const [permission] = await all(client.permissions.list(docId, { limit: 1 }));
    expect(permission).toMatchObject({ access: 'write', principal: { type: 'email' } });
    expect(await client.permissions.searchPrincipals(docId, 'olive')).toMatchObject({ users: [{ loginId: 'owner@example.com' }] });
    expect(await client.permissions.updateSettings(docId, { allowCopying: false })).toMatchObject({ allowCopying: false });
    expect(await client.permissions.getSettings(docId)).toMatchObject({ allowCopying: false, allowEditorsToChangePermissions: true });
    await client.permissions.delete(docId, permission!.id);
    await client.permissions.delete(docId, permission!.id);
  });

  it('publishing and custom domains', async () => {
    expect(await client.publishing.listCategories()).toContainEqual({ name: 'Writing' });
    await (await client.publishing.publish(docId, { slug: 'launch', discoverable: true, categoryNames: ['Writing'], mode: 'play' })).applied();
    expect(await client.docs.get(docId)).toMatchObject({ published: { discoverable: true, mode: 'play' } });
    await client.domains.add(docId, 'docs.example.com');
    await client.domains.update(docId, 'docs.example.com');
    expect(await all(client.domains.list(docId))).toMatchObject([{ customDocDomain: 'docs.example.com', lastVerifiedTimestamp: expect.any(Date) as Date }]);
    expect(await client.domains.getProvider('docs.example.com')).toBe('Other');
    await client.domains.delete(docId, 'docs.example.com');
    await client.publishing.unpublish(docId);
    expect((await client.docs.get(docId)).published).toBeUndefined();
  });

  it('analytics', async () => {
    const period = { sinceDate: '2026-01-01', untilDate: '2026-01-31' };
    expect(await all(client.analytics.listDocs({ ...period, docIds: ['a', 'b'], scale: 'daily', orderBy: 'views', direction: 'descending', limit: 5000 }))).toMatchObject([{ metrics: [{ date: '2026-01-02' }] }]);
    expect(await all(client.analytics.listPages(docId, period))).toHaveLength(1);
    expect(await client.analytics.summarizeDocs({ ...period, isPublished: true })).toMatchObject({ totalSessions: 7 });
    expect(await all(client.analytics.listPacks({ ...period, packIds: [1, 2], orderBy: 'docInstalls' }))).toHaveLength(1);
    expect(await client.analytics.summarizePacks({ packIds: [1] })).toMatchObject({ totalInvocations: 7 });
    expect(await all(client.analytics.listPackFormulas(1, { packFormulaNames: ['Add'], packFormulaTypes: ['action'] }))).toHaveLength(1);
    expect(await client.analytics.getLastUpdated()).toMatchObject({ docAnalyticsLastUpdated: '2026-01-02' });
  });

  it('workspaces and go links', async () => {
    const [member] = await all(client.workspaces.listMembers('ws-1', { includedRoles: ['Admin', 'DocMaker'], limit: 10 }));
    expect(member?.registeredAt).toBeInstanceOf(Date);
    expect((await client.workspaces.changeUserRole('ws-1', 'member@example.com', 'DocMaker')).roleChangedAt).toBeInstanceOf(Date);
    expect(await all(client.workspaces.listRoleActivity('ws-1'))).toHaveLength(1);
    await client.goLinks.add('org-1', { name: 'wiki', destinationUrl: 'https://example.com', description: 'Ours', urlPattern: null });
  });

  it('packs', async () => {
    expect(await all(client.packs.list({ accessTypes: ['edit', 'admin'], sortBy: 'title', excludePublicPacks: true, excludeWorkspaceAcls: true, excludePackCategories: ['agent'] }))).toHaveLength(1);
    expect(await client.packs.create({ workspaceId: 'ws-1', name: 'Sums', description: 'Adds' })).toMatchObject({ packId: 7 });
    expect(await client.packs.get(7)).toMatchObject({ id: 7 });
    await client.packs.update(7, { name: 'Better sums', logo: null });
    await client.packs.delete(7);
    await client.packs.getConfigurationSchema(7);
    expect(await all(client.packs.listFeaturedDocs(7))).toHaveLength(1);
    await client.packs.updateFeaturedDocs(7, [{ url: `https://coda.io/d/_d${docId}`, isPinned: true }]);
  });

  it('versions, releases and reviews of packs', async () => {
    const [version] = await all(client.packVersions.list(7));
    expect(version?.createdAt).toBeInstanceOf(Date);
    expect(await client.packVersions.getNext(7, { proposedMetadata: '{}', sdkVersion: '1.0.0' })).toMatchObject({ nextVersion: 'nextVersion' });
    expect(await client.packVersions.getDiffs(7, '1.0', '1.1')).toMatchObject({ findings: ['finding'] });
    expect(await client.packVersions.register(7, '1.1', 'hash')).toMatchObject({ uploadUrl: expect.any(String) as string });
    await client.packVersions.completeUpload(7, '1.1', { notes: 'First', source: 'cli' });
    expect(await client.packVersions.createRelease(7, { packVersion: '1.1', releaseNotes: 'First' })).toMatchObject({ releaseId: 7 });
    expect(await all(client.packVersions.listReleases(7))).toHaveLength(1);
    await client.packVersions.updateRelease(7, 7, 'Better notes');
    expect(await all(client.packVersions.listReviews(7, { status: 'pending' }))).toHaveLength(1);
    expect(await client.packVersions.createReview(7, { packVersion: '1.1' })).toMatchObject({ packReviewId: expect.any(String) as string });
    await client.packVersions.cancelReview(7);
  });

  it('listings and connections of packs', async () => {
    expect(await all(client.packListings.list({ packAccessTypes: ['view'], packIds: [7], certifiedAgentsOnly: false, sortBy: 'name', installContext: 'codaBrain' }))).toHaveLength(1);
    expect(await client.packListings.get(7, { docId, releaseChannel: 'LIVE' })).toMatchObject({ packId: 7 });
    expect(await client.packListings.getDraft(7)).toMatchObject({ listingData: { name: 'name' } });
    await client.packListings.upsertDraft(7, { name: 'Sums' });
    await client.packListings.deleteDraft(7);
    expect(await client.packConnections.getOauthConfig(7)).toMatchObject({ tokenUrl: expect.any(String) as string });
    await client.packConnections.setOauthConfig(7, { clientId: 'id', redirectUri: 'https://example.com' });
    expect(await client.packConnections.getSystemConnection(7)).toMatchObject({ type: 'header' });
    await client.packConnections.setSystemConnection(7, { type: 'httpBasic', username: 'user' });
    await client.packConnections.patchSystemConnection(7, { type: 'httpBasic', username: 'other' });
  });

  it('access, makers and categories of packs', async () => {
    expect((await client.packAccess.listPermissions(7)).items).toHaveLength(1);
    await client.packAccess.addPermission(7, { type: 'workspace', workspaceId: 'ws-1' }, 'view');
    await client.packAccess.deletePermission(7, 'perm-1');
    await client.packAccess.deleteOwnPermissions(7);
    expect(await all(client.packAccess.listOwnInvitations())).toHaveLength(1);
    const [invitation] = await all(client.packAccess.listInvitations(7));
    expect(invitation?.expiresAt).toBeInstanceOf(Date);
    await client.packAccess.createInvitation(7, 'friend@example.com', 'edit');
    await client.packAccess.updateInvitation(7, 'invitation-1', 'test');
    await client.packAccess.deleteInvitation(7, 'invitation-1');
    await client.packAccess.replyToInvitation('invitation-1', true);
    expect(await all(client.packMakers.list(7))).toHaveLength(1);
    await client.packMakers.add(7, 'maker@example.com');
    await client.packMakers.delete(7, 'maker@example.com');
    expect(await all(client.packMakers.listCategories(7))).toHaveLength(1);
    await client.packMakers.addCategory(7, 'Math & more');
    await client.packMakers.deleteCategory(7, 'Math & more');
  });

  it('assets and source code of packs', async () => {
    await client.packAssets.upload(7, { packAssetType: 'logo', imageHash: 'hash', mimeType: 'image/png', filename: 'logo.png' });
    expect(await client.packAssets.completeUpload(7, 'asset-1', 'logo')).toMatchObject({ assetId: 'assetId', requestId: 'requestId' });
    await client.packAssets.uploadSourceCode(7, { payloadHash: 'hash', filename: 'pack.ts', packVersion: '1.1' });
    await client.packAssets.completeSourceCodeUpload(7, '1.1', { filename: 'pack.ts', codeHash: 'hash' });
    expect(await client.packAssets.getSourceCode(7, '1.1')).toHaveLength(1);
  });

  it('logs of packs, ingestions and agents', async () => {
    const uuid = '00000000-0000-4000-8000-000000000001';
    const since = { afterTimestamp: new Date('2026-01-01'), order: 'asc' as const };
    expect(await all(client.packLogs.list(7, docId, { ...since, logTypes: ['custom', 'fetcher'], q: 'error', requestIds: ['a'] }))).toHaveLength(1);
    expect(await all(client.packLogs.listGrouped(7, docId, since))).toHaveLength(1);
    expect(await all(client.packLogs.listIngestion(7, 'tenant', 'root', { ingestionExecutionId: uuid, ingestionStatus: 'FAILED', onlyExecutionCompletions: true }))).toHaveLength(1);
    expect(await all(client.packLogs.listGroupedIngestion(7, 'tenant', 'root', { ingestionExecutionId: uuid }))).toHaveLength(1);
    await client.packLogs.getDetails(7, 'tenant', 'root', 'log', 'key');
    expect(await all(client.packLogs.listIngestionExecutions(7, 'tenant', 'root', { executionType: 'FULL', includeDeletedIngestions: false }))).toHaveLength(1);
    expect(await all(client.packLogs.listIngestionParentItems(7, 'tenant', 'root', 'execution', uuid, { ingestionStatus: 'QUEUED' }))).toHaveLength(1);
    expect(await all(client.packLogs.listAgentSessions('tenant', 'agent', { agentSessionId: uuid }))).toHaveLength(1);
    expect(await all(client.packLogs.listAgent('tenant', 'agent', { ...since, agentSessionId: uuid }))).toHaveLength(1);
    await client.packLogs.getAgentDetails('tenant', 'agent', 'log', 'key');
  });
});

it('the service knows the operations of the document, and takes none for another', () => {
  const known = validator.description.operations.map(({ method, path }) => findRoute(method, `${validator.description.basePath}${path.replace(/\{(\w+)\}/g, 'a $1').replaceAll(' ', '%20')}`));
  expect(known.map((route) => route?.operation)).toEqual(validator.description.operations.map(({ id }) => id));
  for (const { params } of known.filter((route) => route !== undefined)) for (const [name, value] of Object.entries(params)) expect(value).toBe(`a ${name}`);
  expect(known).toHaveLength(OPERATION_IDS.size);
});

afterAll(() => {
  const missing = validator.description.operations.map(({ id }) => id).filter((id) => !validator.exercised.has(id));
  expect(missing).toEqual([]);
  validator.saveCoverage();
});

// Needs the vendor's document, which is not committed; without it bodies are held to the facts alone.
it.skipIf(!hasDocument(codaDocument))("holds whole bodies to the vendor's document (skipped without the document in CMX_SPECS_DIR)", () => {
  expect(validator.description.source).toBe('document');
});
