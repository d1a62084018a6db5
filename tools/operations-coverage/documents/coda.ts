import type { OpenApiDocument } from '../api-description.ts';
import type { ApiDocument } from '../load-description.ts';

/** What 1.6.0 takes on top of 1.5.0, as query parameters. Lists that take a `pageToken` here are paged in 1.6.0 only. */
const ADDED_QUERY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  whoami: { includeUserOrg: 'boolean' },
  listColumns: { includeImageRefColumns: 'boolean' },
  listWorkspaceMembers: { limit: 'integer' },
  listWorkspaceRoleActivity: { limit: 'integer', pageToken: 'string' },
  listCustomDocDomains: { limit: 'integer', pageToken: 'string' },
  listPackMakers: { limit: 'integer', pageToken: 'string' },
  listPackCategories: { limit: 'integer', pageToken: 'string' },
  listPackFeaturedDocs: { limit: 'integer', pageToken: 'string' },
  listPacks: {
    excludePackCategories: 'array',
    excludeWorkspaceAcls: 'boolean',
    excludeIndividualAcls: 'boolean',
    excludeGroupAcls: 'boolean',
    excludeNomosOrganizationAcls: 'boolean',
    excludeGrammarlyInstitutionAcls: 'boolean',
  },
  listPackListings: {
    excludeWorkspaceAcls: 'boolean',
    excludeIndividualAcls: 'boolean',
    excludeGroupAcls: 'boolean',
    excludeNomosOrganizationAcls: 'boolean',
    excludeGrammarlyInstitutionAcls: 'boolean',
  },
};

const FOLDER_ICON_COLORS = ['DARK', 'LIGHT'].flatMap((shade) => ['BLUE', 'YELLOW', 'PURPLE', 'PINK', 'ORANGE', 'GREEN', 'RED', 'GRAY'].map((color) => `${shade}_${color}`));

/** Fields 1.6.0 adds, by schema. None becomes required: a 1.5.0 answer stays valid. */
const ADDED_FIELDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  RowsUpsert: { rowIds: { type: 'array', items: { type: 'string' } } },
  Table: { viewId: { type: 'string' } },
  Folder: { iconColor: { type: 'string', enum: FOLDER_ICON_COLORS } },
  User: { organizationId: { type: 'string' } },
  PackListing: { packType: {}, disabled: { type: 'boolean' } },
  PackListingDetail: { packType: {}, disabled: { type: 'boolean' } },
  CreatePackResponse: { sourcePackId: { type: 'number', nullable: true } },
};

const ADDED_ENUM_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  TableTypeEnum: ['database'],
  PackListingInstallContextType: ['codaBrain'],
};

/** A schema, as it is changed here. */
interface ObjectSchema {
  properties?: Record<string, unknown>;
  enum?: string[];
  allOf?: ObjectSchema[];
}

function toVersion160({ paths, components: { schemas = {} } }: OpenApiDocument): void {
  const schemaOf = (name: string): ObjectSchema => schemas[name] as ObjectSchema;
  for (const [name, fields] of Object.entries(ADDED_FIELDS)) Object.assign(propertiesOf(schemaOf(name)), fields);
  for (const [name, members] of Object.entries(ADDED_ENUM_MEMBERS)) schemaOf(name).enum?.push(...members);
  delete propertiesOf(schemaOf('DocPublish')).earnCredit;
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const added = Object.entries(ADDED_QUERY[operation.operationId] ?? {}).map(([name, type]) => ({ name, in: 'query', explode: type !== 'array', schema: { type } }));
    operation.parameters = [...(operation.parameters ?? []), ...added];
  }
}

function propertiesOf({ properties, allOf = [] }: ObjectSchema): Record<string, unknown> {
  return properties ?? allOf.find((member) => member.properties)?.properties ?? {};
}

/** The path of the domains has a stray `$` in front of its parameter. */
function correctDomainPath(document: OpenApiDocument): void {
  const wrong = '/docs/${docId}/domains';
  const item = document.paths[wrong];
  if (!item) return;
  delete document.paths[wrong];
  document.paths['/docs/{docId}/domains'] = item;
}

/** Coda's API v1: the document of version 1.5.0, brought to 1.6.0. */
export const codaDocument: ApiDocument = {
  name: 'coda',
  file: 'coda/openapi.json',
  facts: 'packages/coda/test/facts.json',
  tests: ['packages/coda/test/operations.test.ts'],
  patch(document) {
    correctDomainPath(document);
    toVersion160(document);
  },
};
