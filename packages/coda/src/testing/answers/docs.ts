import { found } from '../failure.ts';
import type { Answer, Call } from '../call.ts';
import { pageOf } from '../paging.ts';
import type { CodaStore } from '../store.ts';
import type { CodaServiceDoc, Json } from '../state.ts';
import { docOf, docWire, isoTime, WORKSPACE } from './wire.ts';

const USER = { name: 'Olive Owner', loginId: 'owner@example.com', type: 'user' };

/** A doc with one page and no tables. */
export function addDoc(store: CodaStore, name: string, more: Partial<Pick<CodaServiceDoc, 'id' | 'folderId' | 'sourceDoc'>> = {}): CodaServiceDoc {
  const doc: CodaServiceDoc = {
    id: store.newId('doc'),
    name,
    folderId: 'fl-1Ab234',
    createdAt: isoTime(store.clock.now()),
    pages: new Map(),
    tables: new Map(),
    permissions: new Map(),
    domains: new Map(),
    settings: { allowEditorsToChangePermissions: true, allowCopying: true, allowViewersToRequestEditing: true },
    isStale: false,
    ...more,
  };
  doc.pages.set('canvas-first', { id: 'canvas-first', name: 'First', contentType: 'canvas', isHidden: false, lines: [], isDeleted: false });
  store.docs.set(doc.id, doc);
  return doc;
}

function folderWire(id: string, { name, description, createdAt }: Json): Json {
  return { id, type: 'folder', name, browserLink: `https://coda.io/folders/${id}`, ...(description !== undefined && { description }), createdAt, canEdit: true, workspace: WORKSPACE, iconColor: 'DARK_BLUE' };
}

const ok = (body: unknown): Answer => ({ status: 200, body });

export const docAnswers: Readonly<Record<string, (call: Call) => Answer>> = {
  whoami: ({ query }) =>
    ok({
      ...USER,
      scoped: false,
      tokenName: 'Test token',
      href: 'https://coda.io/apis/v1/whoami',
      workspace: WORKSPACE,
      ...(query.get('includeUserOrg') === 'true' && { organizationId: 'org-1' }),
    }),
  listDocs: (call) => {
    const term = call.query.get('query') ?? '';
    const docs = [...call.store.docs.values()].filter(({ name }) => name.includes(term));
    return ok(pageOf(call, docs.map(docWire), { max: 50 }));
  },
  createDoc({ store, body }) {
    const doc = addDoc(store, typeof body.title === 'string' ? body.title : 'Untitled', { sourceDoc: body.sourceDoc as string | undefined });
    return { status: 201, body: { ...docWire(doc), requestId: store.queue(() => undefined) } };
  },
  getDoc: (call) => ok(docWire(docOf(call))),
  updateDoc(call) {
    if (typeof call.body.title === 'string') docOf(call).name = call.body.title;
    return ok({});
  },
  deleteDoc(call) {
    call.store.docs.delete(docOf(call).id);
    return { status: 202, body: {} };
  },
  listFolders: (call) => ok(pageOf(call, [...call.store.folders].map(([id, folder]) => folderWire(id, folder)))),
  createFolder({ store, body, now }) {
    const id = store.newId('fl-');
    store.folders.set(id, { ...body, createdAt: isoTime(now) });
    return { status: 201, body: folderWire(id, found(store.folders.get(id), 'the folder')) };
  },
  getFolder: ({ store, params: { folderId = '' } }) => ok(folderWire(folderId, found(store.folders.get(folderId), 'the folder'))),
  updateFolder({ store, params: { folderId = '' }, body }) {
    const folder = Object.assign(found(store.folders.get(folderId), 'the folder'), body);
    return ok(folderWire(folderId, folder));
  },
  deleteFolder({ store, params: { folderId = '' } }) {
    found(store.folders.get(folderId), 'the folder');
    store.folders.delete(folderId);
    return ok({});
  },
};
