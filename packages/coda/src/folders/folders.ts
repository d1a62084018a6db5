import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { Folder } from './folder-models.ts';

export interface ListFoldersOptions extends ListOptions {
  workspaceId?: string | undefined;
  isStarred?: boolean | undefined;
}

export interface CreateFolderInput {
  readonly name: string;
  readonly workspaceId: string;
  readonly description?: string | undefined;
}

export interface UpdateFolderInput {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Lists the folders the token can reach.
 *
 * @see https://coda.io/developers/apis/v1#operation/listFolders
 */
export function listFolders(api: CodaApi, options: ListFoldersOptions = {}): Paged<Folder> {
  return api.list('listFolders', '/folders', options);
}

/**
 * Creates a folder in a workspace.
 *
 * @see https://coda.io/developers/apis/v1#operation/createFolder
 */
export async function createFolder(api: CodaApi, folder: CreateFolderInput, options: CallOptions = {}): Promise<Folder> {
  return api.write({ operation: 'createFolder', method: 'POST', path: '/folders', body: folder }, options);
}

/**
 * Reads a folder.
 *
 * @see https://coda.io/developers/apis/v1#operation/getFolder
 */
export async function getFolder(api: CodaApi, folderId: string, options: ReadOptions = {}): Promise<Folder> {
  return api.read('getFolder', path`/folders/${folderId}`, options);
}

/**
 * Changes a folder's name or description.
 *
 * @see https://coda.io/developers/apis/v1#operation/updateFolder
 */
export async function updateFolder(api: CodaApi, folderId: string, changes: UpdateFolderInput, options: CallOptions = {}): Promise<Folder> {
  return api.write({ operation: 'updateFolder', method: 'PATCH', path: path`/folders/${folderId}`, body: changes }, options);
}

/**
 * Deletes a folder. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deleteFolder
 */
export async function deleteFolder(api: CodaApi, folderId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deleteFolder', method: 'DELETE', path: path`/folders/${folderId}` }, options));
}
