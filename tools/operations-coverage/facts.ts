import { resolve, type ApiDescription, type ApiOperation, type ApiParameter, type JsonSchema } from './api-description.ts';

/**
 * Fields by name. A value is a JSON type, several joined by `|`, or `any`; a `*` behind it says that the field is required.
 * The key `...` says that further fields may be there.
 */
export type FieldFacts = Readonly<Record<string, string>>;

export interface OperationFacts {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query?: FieldFacts;
  /** A place in the table of shapes. */
  readonly body?: number;
  readonly bodyRequired?: true;
  /** A place in the table of shapes by status; `null` for an answer without a body. */
  readonly responses: Readonly<Record<string, number | null>>;
}

/** What is true about an API without a word of its document: methods, paths, fields, types, statuses. */
export interface ApiFacts {
  readonly document: string;
  readonly basePath: string;
  readonly undocumentedStatuses: readonly number[];
  /** Bodies, each once. `any` when it is not an object with known fields. */
  readonly shapes: readonly Shape[];
  readonly operations: readonly OperationFacts[];
}

type Shape = FieldFacts | 'any';

/** The compact table of a description. */
export function toFacts(description: ApiDescription): ApiFacts {
  const { document, basePath, undocumentedStatuses } = description;
  const places = new Map<string, number>();
  const placeOf = (schema: JsonSchema): number => {
    const shape = JSON.stringify(shapeOf(description, schema));
    const place = places.get(shape) ?? places.size;
    places.set(shape, place);
    return place;
  };
  const operations = description.operations.map((operation) => operationFacts(description, operation, placeOf));
  return { document, basePath, undocumentedStatuses, shapes: [...places.keys()].map((shape) => JSON.parse(shape) as Shape), operations };
}

function operationFacts(description: ApiDescription, { id, method, path, parameters, body, responses }: ApiOperation, placeOf: (schema: JsonSchema) => number): OperationFacts {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return {
    id,
    method,
    path,
    ...(query.length > 0 && { query: Object.fromEntries(query.map((parameter) => [parameterKey(parameter), fieldType(description, parameter.schema, parameter.required)])) }),
    ...(body && { body: placeOf(body.schema) }),
    ...(body?.required && { bodyRequired: true as const }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, schema]) => [status, schema && placeOf(schema)])),
  };
}

const parameterKey = ({ name, commaSeparated }: ApiParameter): string => (commaSeparated ? `${name},` : name);

function shapeOf(description: ApiDescription, schema: JsonSchema): Shape {
  const { properties, required, open } = flatten(description, schema);
  if (Object.keys(properties).length === 0) return 'any';
  const fields = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, fieldType(description, property, required.has(name))]));
  return open ? { ...fields, '...': 'any' } : fields;
}

interface Flat {
  readonly properties: Record<string, JsonSchema>;
  readonly required: Set<string>;
  readonly open: boolean;
}

/** Merges `allOf`; a `oneOf` leaves the object open, for its fields depend on the variant. */
function flatten(description: ApiDescription, schema: JsonSchema): Flat {
  const { properties = {}, required = [], allOf = [], oneOf, anyOf, additionalProperties } = resolve(description, schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
    allOf?: JsonSchema[];
    oneOf?: unknown;
    anyOf?: unknown;
    additionalProperties?: unknown;
  };
  const members = allOf.map((member) => flatten(description, member));
  return {
    properties: Object.assign({}, ...members.map((member) => member.properties), properties) as Record<string, JsonSchema>,
    required: new Set([...members.flatMap((member) => [...member.required]), ...required]),
    open: additionalProperties !== false || oneOf !== undefined || anyOf !== undefined || members.some((member) => member.open),
  };
}

function fieldType(description: ApiDescription, schema: JsonSchema, required: boolean): string {
  const types = [...typesOf(description, schema)];
  return `${types.length === 0 || types.includes('any') ? 'any' : types.join('|')}${required ? '*' : ''}`;
}

function typesOf(description: ApiDescription, schema: JsonSchema): Set<string> {
  const { type, oneOf, anyOf, allOf, properties } = resolve(description, schema) as { type?: string | string[]; oneOf?: JsonSchema[]; anyOf?: JsonSchema[]; allOf?: JsonSchema[]; properties?: unknown };
  if (type !== undefined) return new Set([type].flat());
  const variants = oneOf ?? anyOf;
  if (variants) return new Set(variants.flatMap((variant) => [...typesOf(description, variant)]));
  if (allOf?.[0]) return typesOf(description, allOf[0]);
  return new Set([properties ? 'object' : 'any']);
}

/** A description from facts: every schema is one level deep. */
export function describeFacts({ document, basePath, undocumentedStatuses, shapes, operations }: ApiFacts): ApiDescription {
  const schemas = shapes.map(objectSchema);
  return { document, source: 'facts', basePath, undocumentedStatuses, components: {}, operations: operations.map((operation) => describeOperation(operation, schemas)) };
}

function describeOperation({ id, method, path, query = {}, body, bodyRequired, responses }: OperationFacts, schemas: readonly JsonSchema[]): ApiOperation {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']): ApiParameter => ({ name, in: 'path', required: true, commaSeparated: false, schema: {} }));
  const inQuery = Object.entries(query).map(
    ([key, type]): ApiParameter => ({ name: key.replace(/,$/, ''), in: 'query', required: type.endsWith('*'), commaSeparated: key.endsWith(','), schema: typeSchema(type) }),
  );
  return {
    id,
    method,
    path,
    parameters: [...inPath, ...inQuery],
    ...(body !== undefined && { body: { required: bodyRequired === true, schema: schemas[body] ?? {} } }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, place]) => [status, place === null ? null : (schemas[place] ?? {})])),
  };
}

function objectSchema(fields: Shape): JsonSchema {
  if (fields === 'any') return {};
  const { '...': open, ...named } = fields;
  return {
    type: 'object',
    required: Object.keys(named).filter((name) => named[name]?.endsWith('*')),
    properties: Object.fromEntries(Object.entries(named).map(([name, type]) => [name, typeSchema(type)])),
    additionalProperties: open !== undefined,
  };
}

function typeSchema(type: string): JsonSchema {
  const types = type.replace('*', '').split('|');
  return types.includes('any') ? {} : { type: types };
}
