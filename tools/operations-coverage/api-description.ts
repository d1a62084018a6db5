/** A JSON schema, as far as this folder looks into one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface ApiParameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required: boolean;
  /** `form` with `explode: false`: one comma-separated value. */
  readonly commaSeparated: boolean;
  readonly schema: JsonSchema;
}

export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  /** `/docs/{docId}` */
  readonly path: string;
  readonly parameters: readonly ApiParameter[];
  readonly body?: { readonly required: boolean; readonly schema: JsonSchema } | undefined;
  /** Schemas of the answers by status; `null` where the document gives none. */
  readonly responses: Readonly<Record<string, JsonSchema | null>>;
}

/** An API as this folder works with it, whether it was read from the vendor's document or from the fact table made of it. */
export interface ApiDescription {
  readonly document: string;
  readonly source: 'document' | 'facts';
  /** Stripped from the front of every path: `/apis/v1`. */
  readonly basePath: string;
  /** Statuses that may answer any operation although the document does not say so. */
  readonly undocumentedStatuses: readonly number[];
  readonly operations: readonly ApiOperation[];
  /** What `#/components/...` references point to. */
  readonly components: JsonSchema;
}

/** A part of a document, or a `#/` reference to it. */
type Part<T> = T & { readonly $ref?: string };

interface OpenApiContent {
  readonly required?: boolean;
  readonly content?: { readonly 'application/json'?: { readonly schema: JsonSchema } };
}

interface OpenApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly explode?: boolean;
  readonly schema?: JsonSchema;
}

export interface OpenApiOperation {
  readonly operationId: string;
  parameters?: readonly Part<OpenApiParameter>[];
  readonly requestBody?: Part<OpenApiContent>;
  readonly responses: Readonly<Record<string, Part<OpenApiContent>>>;
}

/** An OpenAPI document, as far as it is looked into. A path's item holds an operation for each method. */
export interface OpenApiDocument {
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Record<string, Readonly<Record<string, OpenApiOperation>>>;
  readonly components: { readonly schemas?: Record<string, JsonSchema> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Reads an OpenAPI 3.0 or 3.1 document. `$ref`s are kept. */
export function describeDocument(name: string, document: OpenApiDocument, undocumentedStatuses: readonly number[] = []): ApiDescription {
  const server = document.servers?.[0]?.url ?? '';
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => toOperation(document, path, method, operation)),
  );
  return {
    document: name,
    source: 'document',
    basePath: URL.canParse(server) ? new URL(server).pathname.replace(/\/$/, '') : server,
    undocumentedStatuses,
    operations,
    components: corrected(document, document.components),
  };
}

function toOperation(document: OpenApiDocument, path: string, method: string, operation: OpenApiOperation): ApiOperation {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(document, parameter));
  const body = operation.requestBody && resolve(document, operation.requestBody);
  const bodySchema = body && schemaOf(document, body);
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.flatMap((parameter) => toParameter(document, parameter)),
    ...(bodySchema && { body: { required: body.required === true, schema: bodySchema } }),
    responses: Object.fromEntries(Object.entries(operation.responses).map(([status, response]) => [status, schemaOf(document, resolve(document, response)) ?? null])),
  };
}

function toParameter(document: OpenApiDocument, { name, in: place, required, explode, schema }: OpenApiParameter): ApiParameter[] {
  if (place !== 'query' && place !== 'path') return [];
  return [{ name, in: place, required: required === true, commaSeparated: explode === false, schema: corrected(document, schema ?? {}) }];
}

function schemaOf(document: OpenApiDocument, { content }: OpenApiContent): JsonSchema | undefined {
  const schema = content?.['application/json']?.schema;
  return schema && corrected(document, schema);
}

/** Follows references until there is none; `#/` references only. */
export function resolve<T extends object>(document: { readonly components: object }, value: T): T {
  let current = value as Part<T>;
  while (typeof current.$ref === 'string') {
    const keys = current.$ref.slice(2).split('/').map(decodeURIComponent);
    current = keys.reduce<unknown>((place, key) => (place as Record<string, unknown>)[key], document) as Part<T>;
  }
  return current;
}

/**
 * The schemas as they are meant. To the letter, no value could satisfy some of them: `nullable` is not JSON Schema, `oneOf` is written where
 * several members may hold, closed objects stand together in an `allOf`, and closed objects require fields they do not have.
 */
function corrected<T>(document: { readonly components: object }, value: T): T {
  return rewrite(value, ({ nullable, oneOf, ...schema }) => {
    const meant = openRequired(mergedAllOf(document, oneOf === undefined ? schema : { ...schema, anyOf: oneOf }));
    if (nullable === true) return { anyOf: [meant, { type: 'null' }] };
    return nullable === undefined || nullable === false ? meant : { nullable, ...meant };
  });
}

/** The members of an `allOf` as one object, when one of them is closed: closed to all but the fields of all. */
function mergedAllOf(document: { readonly components: object }, schema: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...rest } = schema;
  const members = (allOf as JsonSchema[]).map((member) => mergedAllOf(document, resolve(document, member)) as ObjectSchema);
  if (!members.some((member) => member.additionalProperties === false)) return schema;
  return {
    ...rest,
    type: 'object',
    properties: Object.assign({}, ...members.map((member) => corrected(document, member.properties))) as unknown,
    required: members.flatMap((member) => member.required ?? []),
    additionalProperties: false,
  };
}

interface ObjectSchema extends Record<string, unknown> {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

function openRequired(schema: Record<string, unknown>): Record<string, unknown> {
  const { properties, required, additionalProperties } = schema as ObjectSchema;
  if (additionalProperties !== false || !properties || !Array.isArray(required)) return schema;
  return { ...schema, required: required.filter((name) => (name as string) in properties) };
}

/** A copy in which every object, innermost first, went through the function. */
export function rewrite<T>(value: T, change: (member: Record<string, unknown>) => Record<string, unknown>): T {
  if (Array.isArray(value)) return value.map((item: unknown) => rewrite(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rewrite(member as unknown, change)]))) as T;
}
