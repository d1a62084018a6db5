import { Failure, found } from '../failure.ts';
import type { Answer, Call } from '../call.ts';
import { pageOf } from '../paging.ts';
import { docOf, isoTime } from './wire.ts';

const ok = (body: unknown): Answer => ({ status: 200, body });

/** Sharing, publishing, custom domains, automations and links. */
export const sharingAnswers: Readonly<Record<string, (call: Call) => Answer>> = {
  getSharingMetadata: (call) => ok(docOf(call) && { canShare: true, canShareWithWorkspace: true, canShareWithOrg: false, canCopy: true }),
  getPermissions: (call) => ok({ href: `https://coda.io${call.path}`, ...pageOf(call, [...docOf(call).permissions.values()]) }),
  addPermission(call) {
    const id = call.store.newId('perm-');
    docOf(call).permissions.set(id, { id, principal: call.body.principal, access: call.body.access });
    return ok({});
  },
  deletePermission(call) {
    if (!docOf(call).permissions.delete(call.params.permissionId ?? '')) throw new Failure(404);
    return ok({});
  },
  searchPrincipals: (call) => ok({ users: docOf(call) && call.query.get('query') ? [{ name: 'Olive Owner', loginId: 'owner@example.com', type: 'user' }] : [], groups: [] }),
  getAclSettings: (call) => ok(docOf(call).settings),
  updateAclSettings(call) {
    const doc = docOf(call);
    doc.settings = { ...doc.settings, ...call.body };
    return ok(doc.settings);
  },
  listCategories: () => ok({ items: [{ name: 'Project management' }, { name: 'Writing' }] }),
  publishDoc(call) {
    const doc = docOf(call);
    const names = (call.body.categoryNames ?? []) as string[];
    const published = {
      browserLink: `https://coda.io/@owner/${typeof call.body.slug === 'string' ? call.body.slug : doc.id}`,
      discoverable: call.body.discoverable === true,
      earnCredit: false,
      mode: call.body.mode ?? 'view',
      categories: names.map((name) => ({ name })),
    };
    return { status: 202, body: { requestId: call.store.queue(() => (doc.published = published)) } };
  },
  unpublishDoc(call) {
    docOf(call).published = undefined;
    return ok({});
  },
  listCustomDocDomains: (call) => {
    const { items, ...rest } = pageOf(call, [...docOf(call).domains.values()]);
    return ok({ customDocDomains: items, ...rest });
  },
  addCustomDocDomain(call) {
    const { customDocDomain } = call.body;
    docOf(call).domains.set(String(customDocDomain), { customDocDomain, hasCertificate: false, hasDnsDocId: false, setupStatus: 'pending', domainStatus: 'notConnected' });
    return { status: 202, body: {} };
  },
  updateCustomDocDomain(call) {
    const domain = found(docOf(call).domains.get(call.params.customDocDomain ?? ''), 'the domain');
    Object.assign(domain, { setupStatus: 'succeeded', lastVerifiedTimestamp: isoTime(call.now) });
    return ok({});
  },
  deleteCustomDocDomain(call) {
    if (!docOf(call).domains.delete(call.params.customDocDomain ?? '')) throw new Failure(404);
    return ok({});
  },
  getCustomDocDomainProvider: () => ok({ provider: 'Other' }),
  triggerWebhookAutomation(call) {
    docOf(call);
    if (call.params.ruleId === 'no-webhook') throw new Failure(422, 'The automation is not triggered by a webhook');
    return { status: 202, body: { requestId: call.store.queue(() => undefined) } };
  },
  resolveBrowserLink({ store, query }) {
    const url = query.get('url') ?? '';
    const docId = /_d(\w+)/.exec(url)?.[1] ?? '';
    const doc = found(store.docs.get(docId), 'what the link leads to');
    const href = `https://coda.io/apis/v1/docs/${doc.id}`;
    return ok({ type: 'apiLink', href: `https://coda.io/apis/v1/resolveBrowserLink?url=${encodeURIComponent(url)}`, browserLink: url, resource: { type: 'doc', id: doc.id, name: doc.name, href } });
  },
  getMutationStatus({ store, params: { requestId = '' } }) {
    const edit = found(store.edit(requestId), 'the mutation');
    return ok({ completed: edit.isApplied, ...(edit.isApplied && edit.warning !== undefined && { warning: edit.warning }) });
  },
};
