import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { Folder } from './folder-models.ts';
import { createFolder, deleteFolder, getFolder, listFolders, updateFolder, type CreateFolderInput, type ListFoldersOptions, type UpdateFolderInput } from './folders.ts';

/** Folders of docs. */
export class Folders {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the folders the token can reach. */
  list(options: ListFoldersOptions = {}): Paged<Folder> {
    return listFolders(this.#api, options);
  }

  /** Creates a folder in a workspace. */
  create(folder: CreateFolderInput, options: CallOptions = {}): Promise<Folder> {
    return createFolder(this.#api, folder, options);
  }

  /** Reads a folder. */
  get(folderId: string, options: ReadOptions = {}): Promise<Folder> {
    return getFolder(this.#api, folderId, options);
  }

  /** Changes a folder's name or description. */
  update(folderId: string, changes: UpdateFolderInput, options: CallOptions = {}): Promise<Folder> {
    return updateFolder(this.#api, folderId, changes, options);
  }

  /** Deletes a folder. Succeeds when it is already gone. */
  delete(folderId: string, options: CallOptions = {}): Promise<void> {
    return deleteFolder(this.#api, folderId, options);
  }
}
