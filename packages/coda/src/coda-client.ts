import {
  CloudProvider,
  InvalidArgumentError,
  ResourceType,
  type CallOptions,
  type CloudClient,
  type CloudResource,
  type CreateResourceInput,
  type Paged,
  type Poller,
} from '@cmx/cloud-core';
import { Account } from './account/account-group.ts';
import { Analytics } from './analytics/analytics-group.ts';
import type { CodaApi } from './api/coda-api.ts';
import { Automations } from './automations/automations-group.ts';
import { BASE_URL_VARIABLE, checkedToken, TOKEN_VARIABLE, type CodaClientOptions, type CodaClientSettings } from './coda-client-options.ts';
import { Controls } from './controls/controls-group.ts';
import { createCodaApi } from './create-coda-api.ts';
import { Docs } from './docs/docs-group.ts';
import { Domains } from './domains/domains-group.ts';
import { Folders } from './folders/folders-group.ts';
import { Formulas } from './formulas/formulas-group.ts';
import { GoLinks } from './go-links/go-links-group.ts';
import { checkResourceType, createDocResource, deleteDocResource, getDocResource, listDocResources } from './inventory.ts';
import { Links } from './links/links-group.ts';
import type { MutationStatus } from './mutations/mutation-status.ts';
import { Mutations } from './mutations/mutations-group.ts';
import { resumeMutation } from './mutations/queued-change.ts';
import { PackAccess } from './packs/pack-access-group.ts';
import { PackAssets } from './packs/pack-assets-group.ts';
import { PackConnections } from './packs/pack-connections-group.ts';
import { PackListings } from './packs/pack-listings-group.ts';
import { PackLogs } from './packs/pack-logs-group.ts';
import { PackMakers } from './packs/pack-makers-group.ts';
import { PackVersions } from './packs/pack-versions-group.ts';
import { Packs } from './packs/packs-group.ts';
import type { ExportedPage } from './pages/exported-page.ts';
import { resumePageExport } from './pages/page-export.ts';
import { Pages } from './pages/pages-group.ts';
import { Permissions } from './permissions/permissions-group.ts';
import { Publishing } from './publishing/publishing-group.ts';
import { Rows } from './rows/rows-group.ts';
import { Columns } from './tables/columns-group.ts';
import { Tables } from './tables/tables-group.ts';
import type { TableSchema } from './typed-tables/column-spec.ts';
import { openTable, TypedTable } from './typed-tables/typed-table.ts';
import { Workspaces } from './workspaces/workspaces-group.ts';

/**
 * Coda's API v1, whole: a group of methods for each kind of resource, each method a function of this package as well.
 *
 * All clients of a token in one process keep the service's limits together; a call waits for its turn. Changes of a doc return once the
 * service has queued them; `applied()` of what they return waits for the effect.
 *
 * @see https://coda.io/developers/apis/v1
 */
export class CodaClient implements CloudClient {
  /**
   * A client of the token in `CODA_API_TOKEN`, and of the server in `CODA_BASE_URL` if that is set.
   *
   * @throws {InvalidArgumentError} `CODA_API_TOKEN` is not set.
   */
  static fromEnv(settings: CodaClientSettings = {}, env: Readonly<Record<string, string | undefined>> = processEnvironment()): CodaClient {
    const token = checkedToken(env[TOKEN_VARIABLE], TOKEN_VARIABLE);
    return new CodaClient({ baseUrl: env[BASE_URL_VARIABLE], ...settings, token });
  }

  readonly provider = CloudProvider.CODA;
  readonly resourceTypes = [ResourceType.DOCUMENT];
  readonly account: Account;
  readonly docs: Docs;
  readonly folders: Folders;
  readonly pages: Pages;
  readonly tables: Tables;
  readonly columns: Columns;
  readonly rows: Rows;
  readonly formulas: Formulas;
  readonly controls: Controls;
  readonly permissions: Permissions;
  readonly publishing: Publishing;
  readonly domains: Domains;
  readonly automations: Automations;
  readonly analytics: Analytics;
  readonly workspaces: Workspaces;
  readonly goLinks: GoLinks;
  readonly links: Links;
  readonly mutations: Mutations;
  readonly packs: Packs;
  readonly packVersions: PackVersions;
  readonly packListings: PackListings;
  readonly packConnections: PackConnections;
  readonly packAccess: PackAccess;
  readonly packMakers: PackMakers;
  readonly packAssets: PackAssets;
  readonly packLogs: PackLogs;
  /** For the functions of this package. */
  readonly api: CodaApi;

  /** @throws {InvalidArgumentError} The token or the base URL cannot be one. */
  constructor(options: CodaClientOptions) {
    const api = createCodaApi(options);
    this.api = api;
    this.account = new Account(api);
    this.docs = new Docs(api);
    this.folders = new Folders(api);
    this.pages = new Pages(api);
    this.tables = new Tables(api);
    this.columns = new Columns(api);
    this.rows = new Rows(api);
    this.formulas = new Formulas(api);
    this.controls = new Controls(api);
    this.permissions = new Permissions(api);
    this.publishing = new Publishing(api);
    this.domains = new Domains(api);
    this.automations = new Automations(api);
    this.analytics = new Analytics(api);
    this.workspaces = new Workspaces(api);
    this.goLinks = new GoLinks(api);
    this.links = new Links(api);
    this.mutations = new Mutations(api);
    this.packs = new Packs(api);
    this.packVersions = new PackVersions(api);
    this.packListings = new PackListings(api);
    this.packConnections = new PackConnections(api);
    this.packAccess = new PackAccess(api);
    this.packMakers = new PackMakers(api);
    this.packAssets = new PackAssets(api);
    this.packLogs = new PackLogs(api);
  }

  /** A table whose rows have the names and types of a schema; nothing is requested yet. */
  table<S extends TableSchema>(docId: string, table: string, schema: S): TypedTable<S> {
    return new TypedTable(this.api, docId, table, schema);
  }

  /** A table with a schema made from its columns: fields are the columns' names, values are typed as their formats say. */
  openTable(docId: string, table: string, options: CallOptions = {}): Promise<TypedTable<TableSchema>> {
    return openTable(this.api, docId, table, options);
  }

  /**
   * Goes on waiting for what a poller waited for, from its text and possibly in another process.
   *
   * @throws {InvalidArgumentError} The text is not a poller's of this client.
   */
  resumePoller(text: string): Poller<MutationStatus> | Poller<ExportedPage> {
    const poller = resumeMutation(this.api, text) ?? resumePageExport(this.api, text);
    if (poller) return poller;
    throw new InvalidArgumentError('This is not the text of a poller of Coda', { provider: this.provider, operation: 'resumePoller' });
  }

  /** Lists the docs the token can reach. @throws {UnsupportedOperationError} Another type than `document`. */
  listResources(type?: ResourceType, options: CallOptions = {}): Paged<CloudResource> {
    checkResourceType(type);
    return listDocResources(this.api, options);
  }

  /** Reads what a doc is. @throws {NotFoundError} No such doc, or the token cannot reach it. */
  async getResource(type: ResourceType, id: string, options: CallOptions = {}): Promise<CloudResource> {
    checkResourceType(type);
    return getDocResource(this.api, id, options);
  }

  /** Creates a doc. Properties: `sourceDoc`, `timezone`, `folderId`, `initialPage`. */
  async createResource(input: CreateResourceInput, options: CallOptions = {}): Promise<CloudResource> {
    checkResourceType(input.type);
    return createDocResource(this.api, input, options);
  }

  /** Deletes a doc. Succeeds when it is already gone. */
  async deleteResource(type: ResourceType, id: string, options: CallOptions = {}): Promise<void> {
    checkResourceType(type);
    return deleteDocResource(this.api, id, options);
  }

  /** Ends the calls under way and closes the connections. */
  async close(): Promise<void> {
    await this.api.http.close();
  }
}

/** The process's environment, where there is a process. */
function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
}
