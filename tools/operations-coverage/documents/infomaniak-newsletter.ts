import type { OpenApiDocument } from '../api-description.ts';
import type { ApiDocument } from '../load-description.ts';

/** A schema, as it is changed here. */
type Schema = Record<string, any>;

const ROOT = '/1/newsletters/{domain}';
const OPEN_OBJECT: Schema = { type: 'object' };
/** PHP writes an empty map as `[]`. */
const MAP: Schema = { type: ['object', 'array'] };

/** Maps that the document, written from PHP, calls arrays. */
function correctMaps({ paths, components: { schemas = {} } }: OpenApiDocument): void {
  const campaign = propertiesOf(schemas['78d6c681_Campaign']);
  campaign.recipients = MAP;
  campaign.tracking_utm = MAP;
  propertiesOf(schemas['78d6c681_Segment']).data = MAP;
  propertiesOf(bodyOf(paths, '/subscribers', 'post')).fields = OPEN_OBJECT;
  propertiesOf(bodyOf(paths, '/subscribers/{subscriber}', 'put')).fields = OPEN_OBJECT;
  answerOf(paths, '/subscribers/count_status', 'get').allOf[1].properties.data = MAP;
  answerOf(paths, '/credits/details', 'get').allOf[1].properties.data = MAP;
}

/** Lists whose items are numbers by their own examples, or of two kinds by their descriptions; the document calls all of them texts. */
function correctItems({ paths }: OpenApiDocument): void {
  const groups: readonly (readonly [string, string])[] = [
    ['/subscribers', 'post'],
    ['/subscribers/{subscriber}', 'put'],
    ['/subscribers/import', 'post'],
    ['/subscribers/assign', 'put'],
  ];
  for (const [path, method] of groups) propertiesOf(bodyOf(paths, path, method)).groups.items = { type: ['integer', 'string'] };
  const description = { type: 'object', required: ['type', 'name'], properties: { type: { type: 'string' }, name: { type: 'string' } } };
  propertiesOf(bodyOf(paths, '/subscribers/import', 'post')).fields.items = { anyOf: [{ type: 'integer' }, description] };
}

/** The document lets unknown fields pass; a client that misspells one must not. */
function closeRequests({ paths }: OpenApiDocument): void {
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const body = operation.requestBody?.content?.['application/json']?.schema;
    for (const schema of [body, ...(operation.parameters ?? []).map((parameter: Schema) => parameter.schema)]) close(schema);
  }
}

function close(schema: Schema | undefined): void {
  if (!schema) return;
  close(schema.items);
  if (!schema.properties || schema.properties['*']) return;
  schema.additionalProperties = false;
  for (const property of Object.values<Schema>(schema.properties)) close(property);
}

const propertiesOf = (schema: Schema | undefined): Schema => schema?.properties as Schema;

const bodyOf = (paths: OpenApiDocument['paths'], path: string, method: string): Schema => paths[`${ROOT}${path}`]?.[method].requestBody.content['application/json'].schema;

const answerOf = (paths: OpenApiDocument['paths'], path: string, method: string): Schema => paths[`${ROOT}${path}`]?.[method].responses['200'].content['application/json'].schema;

/** Infomaniak's Newsletter API. */
export const newsletterDocument: ApiDocument = {
  name: 'infomaniak-newsletter',
  file: 'infomaniak/newsletter.openapi.json',
  facts: 'packages/infomaniak-newsletter/test/facts.json',
  tests: ['packages/infomaniak-newsletter/test/operations.test.ts'],
  undocumentedStatuses: [400, 401, 403, 404, 422, 429],
  patch(document) {
    const test = document.paths[`${ROOT}/campaigns/{campaign}/test`];
    if (test) test.post.operationId = 'NewsletterTestCampaignByEmail';
    correctMaps(document);
    correctItems(document);
    closeRequests(document);
  },
};
