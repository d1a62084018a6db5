import type { OpenApiDocument } from '../api-description.ts';
import type { ApiDocument } from '../load-description.ts';

/** A schema, as it is changed here. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean;
  items?: Schema;
  required?: string[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

const ROOT = '/1/newsletters/{domain}';
const OPEN_OBJECT: Schema = { type: 'object' };
/** PHP writes an empty map as `[]`. */
const MAP: Schema = { type: ['object', 'array'] };

/** Maps that the document, written from PHP, calls arrays. */
function correctMaps(document: OpenApiDocument): void {
  const schemas = (document.components.schemas ?? {}) as Record<string, Schema>;
  Object.assign(propertiesOf(schemas['78d6c681_Campaign']), { recipients: MAP, tracking_utm: MAP });
  propertiesOf(schemas['78d6c681_Segment']).data = MAP;
  propertiesOf(bodyOf(document, '/subscribers', 'post')).fields = OPEN_OBJECT;
  propertiesOf(bodyOf(document, '/subscribers/{subscriber}', 'put')).fields = OPEN_OBJECT;
  for (const path of ['/subscribers/count_status', '/credits/details']) {
    const answer = schemaOf(operationOf(document, path, 'get')?.responses['200']);
    propertiesOf(answer?.allOf?.find(({ properties }) => properties)).data = MAP;
  }
}

/** Lists whose items are numbers by their own examples, or of two kinds by their descriptions; the document calls all of them texts. */
function correctItems(document: OpenApiDocument): void {
  const withGroups = [
    ['/subscribers', 'post'],
    ['/subscribers/{subscriber}', 'put'],
    ['/subscribers/import', 'post'],
    ['/subscribers/assign', 'put'],
  ] as const;
  for (const [path, method] of withGroups)
    propertiesOf(bodyOf(document, path, method)).groups = { type: 'array', items: { type: ['integer', 'string'] } };
  const newField: Schema = { type: 'object', required: ['type', 'name'], properties: { type: { type: 'string' }, name: { type: 'string' } } };
  propertiesOf(bodyOf(document, '/subscribers/import', 'post')).fields = { type: 'array', items: { anyOf: [{ type: 'integer' }, newField] } };
}

/** The document lets unknown fields pass; a client that misspells one must not. */
function closeRequests({ paths }: OpenApiDocument): void {
  for (const { requestBody, parameters = [] } of Object.values(paths).flatMap((item) => Object.values(item))) {
    close(schemaOf(requestBody));
    for (const { schema } of parameters) close(schema);
  }
}

function close(schema: Schema | undefined): void {
  if (!schema) return;
  close(schema.items);
  if (!schema.properties || schema.properties['*']) return;
  schema.additionalProperties = false;
  for (const property of Object.values(schema.properties)) close(property);
}

const operationOf = ({ paths }: OpenApiDocument, path: string, method: string) => paths[`${ROOT}${path}`]?.[method];

const bodyOf = (document: OpenApiDocument, path: string, method: string): Schema | undefined =>
  schemaOf(operationOf(document, path, method)?.requestBody);

function schemaOf(part: { content?: { 'application/json'?: { schema: unknown } } } | undefined): Schema | undefined {
  return part?.content?.['application/json']?.schema as Schema | undefined;
}

/** @throws The document is another than the one this file was written for. */
function propertiesOf(schema: Schema | undefined): Record<string, Schema> {
  if (!schema?.properties) throw new Error('The document has changed: a schema to correct is not there');
  return schema.properties;
}

/** Infomaniak's Newsletter API. */
export const newsletterDocument: ApiDocument = {
  name: 'infomaniak-newsletter',
  file: 'infomaniak/newsletter.openapi.json',
  facts: 'packages/infomaniak-newsletter/test/facts.json',
  tests: ['packages/infomaniak-newsletter/test/operations.test.ts'],
  undocumentedStatuses: [400, 401, 403, 404, 422, 429],
  patch(document) {
    // The only operation without an id of its own.
    Object.assign(operationOf(document, '/campaigns/{campaign}/test', 'post') ?? {}, { operationId: 'NewsletterTestCampaignByEmail' });
    correctMaps(document);
    correctItems(document);
    closeRequests(document);
  },
};
