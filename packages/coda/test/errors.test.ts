import { CloudError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { CodaClient } from '../src/index.ts';
import { logOf, openHarness, problemsOf, TOKEN } from './harness.ts';
import { serviceTransport } from './service-transport.ts';

async function failureOf(call: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!CloudError.is(error)) throw new Error(`Expected a CloudError, got ${String(error)}`);
  return error;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => () => Response.json(body, { status, headers });

describe('an error says what happened', () => {
  it.each([
    [400, 'invalid_argument'],
    [401, 'unauthenticated'],
    [403, 'permission_denied'],
    [404, 'not_found'],
    [410, 'not_found'],
    [422, 'conflict'],
  ])('%i is %s', async (status, code) => {
    const { service, client } = openHarness();
    service.fail('getDoc', json(status, { statusCode: status, statusMessage: 'Word', message: 'Reason' }));
    const error = await failureOf(client.docs.get('AbCDeFGH'));
    expect(error).toMatchObject({ code, status, provider: 'coda', operation: 'getDoc', vendorCode: 'Word', reason: 'Reason', retryable: false, attempts: 1, applied: false });
  });

  it('a wrong token is 401, and is in no message', async () => {
    const { service, clock } = openHarness();
    const token = 'wrong-token-0000';
    const client = new CodaClient({ token, transport: serviceTransport(service), clock });
    const error = await failureOf(client.account.whoami());
    expect(error.code).toBe('unauthenticated');
    expect(JSON.stringify(error) + String(error.stack)).not.toContain(token);
  });

  it('an automation without webhook is a conflict (422)', async () => {
    const { client, docId } = openHarness();
    expect(await failureOf(client.automations.trigger(docId, 'no-webhook'))).toMatchObject({ code: 'conflict', status: 422 });
  });

  it.each(['validationErrors', 'issues'])('names the fields the service refused (%s)', async (field) => {
    const { service, client } = openHarness();
    const problems = [{ path: 'rows.0', message: 'is wrong' }];
    service.fail('createDoc', json(400, { statusCode: 400, statusMessage: 'Bad Request', message: 'No', codaType: 'RequestSchemaValidationFailed', codaDetail: { [field]: problems } }));
    const error = await failureOf(client.docs.create());
    expect(error).toMatchObject({ vendorCode: 'RequestSchemaValidationFailed', reason: 'No; rows.0: is wrong', details: { validationErrors: problems } });
  });

  it.each([
    [200, 'unknown'],
    [403, 'permission_denied'],
  ])('HTML from a proxy with status %i is told from an answer', async (status, code) => {
    const { service, client } = openHarness();
    service.fail('getDoc', () => new Response('<html><body>Please log in</body></html>', { status, headers: { 'content-type': 'text/html' } }));
    expect(await failureOf(client.docs.get('AbCDeFGH'))).toMatchObject({ code, phase: 'response' });
  });

  it('JSON that is no list is told from an empty list', async () => {
    const { service, client, docId } = openHarness();
    const strange = () => Response.json({ status: 'ok' });
    service.fail('listDocs', strange);
    service.fail('listRows', strange);
    service.fail('listCustomDocDomains', strange);
    for (const list of [client.docs.list(), client.rows.list(docId, 'Tasks'), client.domains.list(docId)]) {
      expect(await failureOf(list.byPage()[Symbol.asyncIterator]().next())).toMatchObject({ code: 'unknown', phase: 'response', reason: 'The answer holds no list' });
    }
  });

  it('503 is tried again for a read and for what can be repeated, not for what cannot', async () => {
    const { service, client, docId } = openHarness();
    const down = json(503, { statusCode: 503, statusMessage: 'Service Unavailable', message: 'Later' });
    service.fail('getDoc', down, down);
    expect(await client.docs.get(docId)).toMatchObject({ id: docId });
    service.fail('upsertRows', down);
    await (await client.rows.upsert(docId, 'Tasks', [{ Title: 'a' }], ['Title'])).applied();
    service.fail('upsertRows', down);
    await client.rows.insert(docId, 'Tasks', [{ Title: 'b' }], { idempotent: true });
    service.fail('upsertRows', down);
    expect(await failureOf(client.rows.insert(docId, 'Tasks', [{ Title: 'c' }]))).toMatchObject({ code: 'unavailable', attempts: 1 });
    service.fail('pushButton', down);
    expect(await failureOf(client.rows.pushButton(docId, 'Tasks', 'a', 'Go'))).toMatchObject({ code: 'unavailable', attempts: 1 });
    service.fail('updatePage', down);
    const update = { contentUpdate: { insertionMode: 'append' as const, canvasContent: { format: 'markdown' as const, content: 'x' } } };
    expect(await failureOf(client.pages.update(docId, 'First', update))).toMatchObject({ code: 'unavailable', attempts: 1 });
  });

  it('a bad id or name never leaves', async () => {
    const { service, client } = openHarness();
    for (const id of ['', '.', '..', undefined as never, { id: 1 } as never]) expect(await failureOf(client.docs.get(id))).toMatchObject({ code: 'invalid_argument', phase: 'arguments' });
    expect(await failureOf(client.pages.deleteContent('AbCDeFGH', 'First', []))).toMatchObject({ code: 'invalid_argument' });
    expect(await failureOf(client.rows.upsert('AbCDeFGH', 'Tasks', [], []))).toMatchObject({ code: 'invalid_argument' });
    expect(logOf(service)).toEqual([]);
  });

  it('encodes names to the letter', async () => {
    const { service, client, docId, table } = openHarness();
    table.name = 'A/B?#%';
    expect(await client.tables.get(docId, 'A/B?#%')).toMatchObject({ id: 'grid-tasks' });
    expect(problemsOf(service)).toEqual([]);
  });
});

describe('429', () => {
  it.each([
    ['without Retry-After', {}, 10_000],
    ['with Retry-After', { 'retry-after': '7' }, 7_000],
  ])('%s holds everybody back and is tried again', async (_name, headers, waitInMs) => {
    const { service, client, clock, docId } = openHarness();
    service.fail('getDoc', json(429, { statusCode: 429, statusMessage: 'Too Many Requests', message: 'Slow down' }, headers));
    const begin = clock.now();
    const [first, second] = await Promise.all([client.docs.get(docId), client.tables.get(docId, 'Tasks')]);
    expect([first.id, second.id]).toEqual([docId, 'grid-tasks']);
    expect(clock.now() - begin).toBeGreaterThanOrEqual(waitInMs);
    await client.docs.get(docId);
    expect(logOf(service).filter((line) => line === 'getDoc 429')).toHaveLength(1);
  });

  it('that does not end is an error of its own after four attempts', async () => {
    const { service, client, docId } = openHarness();
    const refused = json(429, { statusCode: 429, statusMessage: 'Too Many Requests', message: 'Your account is blocked' });
    service.fail('getDoc', refused, refused, refused, refused);
    expect(await failureOf(client.docs.get(docId))).toMatchObject({ code: 'rate_limited', status: 429, attempts: 4, reason: 'Your account is blocked' });
  });

  it('is never met by two clients of one token', async () => {
    const { service, client, clock, docId } = openHarness();
    const other = new CodaClient({ token: TOKEN, transport: serviceTransport(service), clock, baseUrl: 'https://docs.superhuman.com/apis/v1' });
    await Promise.all(Array.from({ length: 20 }, (_, place) => (place % 2 ? client : other).rows.insert(docId, 'Tasks', [{ Title: String(place) }])));
    await Promise.all(Array.from({ length: 12 }, () => client.docs.list().byPage()[Symbol.asyncIterator]().next()));
    expect(logOf(service).filter((line) => line.endsWith('429'))).toEqual([]);
  });

  it('is left to the caller when limits are switched off', async () => {
    const { client, service, docId } = openHarness({ limits: { read: { calls: 2, perMs: 60_000 } } }, { rateLimits: false, retry: { maxAttempts: 1 } });
    await client.docs.get(docId);
    await client.docs.get(docId);
    expect(await failureOf(client.docs.get(docId))).toMatchObject({ code: 'rate_limited' });
    expect(logOf(service)).toEqual(['getDoc 200', 'getDoc 200', 'getDoc 429']);
  });
});

describe('a read that must be fresh', () => {
  it('is refused while an edit is pending, and told from a bad request', async () => {
    const { service, client, docId } = openHarness();
    service.docs.get(docId)!.isStale = true;
    expect(await failureOf(client.tables.get(docId, 'Tasks', { requireLatest: true }))).toMatchObject({ code: 'conflict', vendorCode: 'StaleDoc', retryable: true });
    service.fail('listRows', json(400, { statusCode: 400, statusMessage: 'Bad Request', message: 'Bad query' }), json(400, { statusCode: 400, statusMessage: 'Bad Request', message: 'Bad query' }));
    const rows = client.rows.list(docId, 'Tasks', { query: 'nonsense', requireLatest: true });
    expect(await failureOf(rows.byPage()[Symbol.asyncIterator]().next())).toMatchObject({ code: 'invalid_argument', reason: 'Bad query' });
    service.docs.get(docId)!.isStale = false;
    expect(await client.tables.get(docId, 'Tasks', { requireLatest: true })).toMatchObject({ id: 'grid-tasks' });
    expect(service.exchanges.at(-1)?.headers.get('x-coda-doc-version')).toBe('latest');
  });
});
