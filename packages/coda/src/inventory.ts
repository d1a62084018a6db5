import {
  CloudProvider,
  paged,
  ResourceType,
  UnsupportedOperationError,
  type CallOptions,
  type CloudResource,
  type CreateResourceInput,
  type Paged,
} from '@cmx/cloud-core';
import type { CodaApi } from './api/coda-api.ts';
import { invalidArgument } from './api/coda-errors.ts';
import type { Doc } from './docs/doc-models.ts';
import { createDoc, deleteDoc, getDoc, listDocs } from './docs/docs.ts';

/** A doc in the inventory's words. */
export function toResource(doc: Doc): CloudResource<Doc> {
  return {
    id: doc.id,
    name: doc.name,
    type: ResourceType.DOCUMENT,
    provider: CloudProvider.CODA,
    state: doc.published ? 'published' : 'active',
    createdAt: doc.createdAt,
    tags: {},
    raw: doc,
  };
}

/** @throws {UnsupportedOperationError} Coda has docs and nothing else. */
export function checkResourceType(type: ResourceType | undefined): void {
  if (type !== undefined && type !== ResourceType.DOCUMENT) throw new UnsupportedOperationError(`Coda has no resources of type "${type}", only "document"`, { provider: 'coda' });
}

export function listDocResources(api: CodaApi, options: CallOptions): Paged<CloudResource> {
  const docs = listDocs(api, options);
  return paged(async (request) => {
    for await (const { items, nextPageToken } of docs.byPage(request)) return { items: items.map(toResource), nextPageToken };
    return { items: [] };
  });
}

export async function getDocResource(api: CodaApi, docId: string, options: CallOptions): Promise<CloudResource> {
  return toResource(await getDoc(api, docId, options));
}

const CREATE_PROPERTIES: readonly string[] = ['sourceDoc', 'timezone', 'folderId', 'initialPage'];

export async function createDocResource(api: CodaApi, { name, properties = {} }: CreateResourceInput, options: CallOptions): Promise<CloudResource> {
  const unknown = Object.keys(properties).filter((property) => !CREATE_PROPERTIES.includes(property));
  if (unknown.length > 0) throw invalidArgument(`A doc has no property ${unknown.join(', ')}; there are ${CREATE_PROPERTIES.join(', ')}`, { operation: 'createResource' });
  return toResource(await createDoc(api, { title: name, ...properties }, options));
}

export async function deleteDocResource(api: CodaApi, docId: string, options: CallOptions): Promise<void> {
  await deleteDoc(api, docId, options);
}
