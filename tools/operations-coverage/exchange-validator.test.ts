import { describe, expect, it } from 'vitest';
import { describeDocument } from './api-description.ts';
import { ExchangeValidator } from './exchange-validator.ts';
import { describeFacts, toFacts } from './facts.ts';

const pet = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: { type: 'string', nullable: true } }, additionalProperties: false };
const content = (schema: Record<string, unknown>) => ({ content: { 'application/json': { schema } } });
const description = describeDocument(
  'pets',
  {
    servers: [{ url: 'https://pets.example.com/v1' }],
    paths: {
      '/pets/{petId}': {
        get: { operationId: 'getPet', parameters: [{ name: 'petId', in: 'path' }], responses: { 200: content({ $ref: '#/components/schemas/Pet' }) } },
        put: { operationId: 'putPet', requestBody: { required: true, ...content({ $ref: '#/components/schemas/Pet' }) }, responses: { 204: {} } },
      },
      '/pets/lost': {
        get: {
          operationId: 'listLostPets',
          parameters: [
            { name: 'limit', in: 'query', required: true, schema: { type: 'integer' } },
            { name: 'kinds', in: 'query', explode: false, schema: { type: 'array', items: { enum: ['cat', 'dog'] } } },
          ],
          responses: { 200: content({ type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } } }) },
        },
      },
    },
    components: { schemas: { Pet: pet } },
  },
  [429],
);
const facts = describeFacts(JSON.parse(JSON.stringify(toFacts(description))) as ReturnType<typeof toFacts>);

describe.each([
  ['the document', description],
  ['facts', facts],
])('a validator made from %s', (_, from) => {
  it('accepts a valid request and counts its operation', () => {
    const validator = new ExchangeValidator(from);
    expect(validator.request({ method: 'GET', path: '/v1/pets/lost?limit=3&kinds=cat,dog' })).toEqual([]);
    expect(validator.request({ method: 'PUT', path: '/pets/7', body: { id: 7, name: null } })).toEqual([]);
    expect([...validator.exercised]).toEqual(['listLostPets', 'putPet']);
  });

  it.each([
    ['an unknown path', { method: 'GET', path: '/v1/cats' }, /no such operation/],
    ['an unknown parameter', { method: 'GET', path: '/v1/pets/lost?limit=3&color=red' }, /additional properties/],
    ['a missing parameter', { method: 'GET', path: '/v1/pets/lost' }, /required property 'limit'/],
    ['a parameter of another type', { method: 'GET', path: '/v1/pets/lost?limit=many' }, /must be integer/],
    ['a missing body', { method: 'PUT', path: '/v1/pets/7' }, /the body is missing/],
    ['a body where none belongs', { method: 'GET', path: '/v1/pets/7', body: {} }, /where none belongs/],
    ['a field of another type', { method: 'PUT', path: '/v1/pets/7', body: { id: 'seven' } }, /id must be integer/],
    ['a field nobody knows', { method: 'PUT', path: '/v1/pets/7', body: { id: 7, age: 3 } }, /additional properties/],
  ])('refuses %s and does not count it', (_name, request, problem) => {
    const validator = new ExchangeValidator(from);
    expect(validator.request(request).join('\n')).toMatch(problem);
    expect(validator.exercised.size).toBe(0);
  });

  it('checks the status and the body of an answer', () => {
    const validator = new ExchangeValidator(from);
    const answer = (status: number, body?: unknown) => validator.response({ method: 'GET', path: '/v1/pets/7', status, body });
    expect(answer(200, { id: 7, name: null })).toEqual([]);
    expect(answer(200, { name: 'Tom' })).toHaveLength(1);
    expect(answer(404)).toEqual(['getPet: 404 is not a documented status']);
    expect(answer(429)).toEqual([]);
    expect(answer(503)).toEqual([]);
  });
});

it('looks into nested objects only with the document', () => {
  const answer = { method: 'GET', path: '/pets/lost', status: 200, body: { items: [{ id: 'seven' }] } };
  expect(new ExchangeValidator(description).response(answer)).toHaveLength(1);
  expect(new ExchangeValidator(facts).response(answer)).toEqual([]);
});
