import type { Transport } from '@cmx/http';
import { CloudError, UnavailableError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { collect, useNewsletter } from './harness.ts';

const newsletter = useNewsletter();

const envelope =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });
const html = (status: number) => () => new Response('<html><head><title>Bad Gateway</title></head></html>', { status, headers: { 'content-type': 'text/html' } });
const tooMany = (headers: Record<string, string> = {}) =>
  envelope(429, { result: 'error', error: { code: 'too_many_requests', description: 'Too many requests' } }, headers);

/** What a call was refused with. */
async function errorOf(call: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!CloudError.is(error)) throw new Error('The call should have failed', { cause: error });
  return error;
}

describe('tokens', () => {
  it('names a wrong token, asks once, and does not show it', async () => {
    const error = await errorOf(newsletter.connect({ token: 'wrong-token' }).groups.get(7));
    expect(error).toMatchObject({
      code: 'unauthenticated',
      status: 401,
      vendorCode: 'not_authorized',
      operation: 'groups.get',
      resource: { type: 'group', name: '7' },
      attempts: 1,
    });
    expect(JSON.stringify(error)).not.toContain('wrong-token');
  });

  it('does not send a token that has ended', async () => {
    const client = newsletter.connect({ tokenExpiresAt: new Date(newsletter.clock.now() - 1) });
    expect(await errorOf(client.domain.get())).toMatchObject({ code: 'unauthenticated', phase: 'credentials' });
    expect(newsletter.service.exchanges).toEqual([]);
  });

  it('refuses a token that no header can carry', () => {
    expect(() => newsletter.connect({ token: 'a\nb' })).toThrow(expect.objectContaining({ code: 'invalid_argument' }) as Error);
  });
});

describe('too many requests', () => {
  it('waits as long as the service says, and every other call with it', async () => {
    newsletter.service.fail(tooMany({ 'retry-after': '7' }));
    await newsletter.client.domain.get();
    expect(newsletter.clock.sleeps).toEqual([7_000]);
  });

  it('waits a third of a minute when the service does not say, twice as long each further time, and gives up after the fourth', async () => {
    newsletter.service.fail(tooMany(), tooMany(), tooMany(), tooMany());
    const error = await errorOf(newsletter.client.domain.get());
    expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryable: true, retryAfterInMs: 20_000, attempts: 4 });
    expect(newsletter.clock.sleeps).toEqual([20_000, 20_000, 20_000, 20_000, 60_000]);
  });

  it('repeats a refused creation, for it was not carried out', async () => {
    newsletter.service.fail(tooMany({ 'retry-after': '1' }));
    expect(await newsletter.client.groups.create('Readers')).toMatchObject({ name: 'Readers' });
  });
});

describe('a proxy on the way', () => {
  it('repeats a read behind a 502 page', async () => {
    newsletter.service.fail(html(502));
    expect(await newsletter.client.domain.get()).toMatchObject({ id: 42 });
  });

  it('names a page that comes with a success', async () => {
    newsletter.service.fail(html(200));
    const error = await errorOf(newsletter.client.domain.get());
    expect(error).toMatchObject({ code: 'unknown', status: 200, phase: 'response', attempts: 1 });
    expect(error.message).toContain('text/html ("Bad Gateway")');
  });

  it('does not take a page for news that something is gone', async () => {
    newsletter.service.fail(html(404));
    expect(await errorOf(newsletter.client.groups.delete(7))).toMatchObject({ code: 'not_found', vendorCode: undefined });
  });

  it('names an answer that breaks off', async () => {
    newsletter.service.fail(() => new Response('{"result":"succ', { headers: { 'content-type': 'application/json' } }));
    expect(await errorOf(newsletter.client.domain.get())).toMatchObject({ code: 'unknown', phase: 'response' });
  });
});

describe('an envelope that says error', () => {
  it.each(['error', 'failure'])('is an error with status 200: %s', async (result) => {
    newsletter.service.fail(envelope(200, { result, error: { code: 'object_not_found', description: 'Gone' } }));
    expect(await errorOf(newsletter.client.groups.get(7))).toMatchObject({
      code: 'not_found',
      status: 200,
      vendorCode: 'object_not_found',
      reason: 'Gone',
    });
  });

  it('is repeated when the service says that it was its own fault', async () => {
    newsletter.service.fail(envelope(200, { result: 'error', error: { code: 'unexpected_error', description: 'Oops' } }));
    expect(await newsletter.client.domain.get()).toMatchObject({ id: 42 });
  });

  it('needs no error member', async () => {
    newsletter.service.fail(envelope(200, { result: 'error' }));
    expect(await errorOf(newsletter.client.domain.get())).toMatchObject({ code: 'unknown', status: 200 });
  });

  it('leaves a code it does not know to the status', async () => {
    newsletter.service.fail(envelope(409, { result: 'error', error: { code: 'campaign_is_locked', description: 'Locked' } }));
    expect(await errorOf(newsletter.client.groups.get(7))).toMatchObject({ code: 'conflict', vendorCode: 'campaign_is_locked' });
  });

  it('tells what is wrong with the input', async () => {
    const error = await errorOf(newsletter.client.subscribers.upsert('nobody'));
    expect(error).toMatchObject({ code: 'invalid_argument', status: 422, vendorCode: 'validation_failed' });
    expect(error.details).toEqual({
      problems: [{ code: 'validation_rule', description: 'The email must be a valid email address.', attribute: 'email', values: {} }],
    });
    expect(error.reason).toBe('Validation failed: email: The email must be a valid email address.');
  });
});

describe('a lost answer', () => {
  /** Breaks every connection after the request was sent. */
  function losingTransport(): Transport & { readonly sent: string[] } {
    const sent: string[] = [];
    return {
      name: 'losing',
      sent,
      async request({ method, path }) {
        sent.push(`${method} ${path}`);
        throw new UnavailableError('The connection broke', { phase: 'first_byte' });
      },
      close: async () => undefined,
    };
  }

  it('is not followed by a second sending', async () => {
    const transport = losingTransport();
    expect(await errorOf(newsletter.connect({ transport }).campaigns.sendNow(7))).toMatchObject({
      code: 'unavailable',
      operation: 'campaigns.sendNow',
      attempts: 1,
    });
    expect(transport.sent).toEqual(['PUT /1/newsletters/42/campaigns/7/schedule']);
  });

  it.each([
    ['a creation', 1, (client: typeof newsletter.client) => client.groups.create('Readers')],
    ['work in the background', 1, (client: typeof newsletter.client) => client.groups.deleteMany({ all: true })],
    ['an upsert', 4, (client: typeof newsletter.client) => client.subscribers.upsert('ada@example.com')],
    ['a deletion', 4, (client: typeof newsletter.client) => client.groups.delete(7)],
    ['a search', 4, (client: typeof newsletter.client) => collect(client.subscribers.filter({}))],
  ])('of %s is followed by %i requests in all', async (_what, requests, call) => {
    const transport = losingTransport();
    await errorOf(call(newsletter.connect({ transport })));
    expect(transport.sent).toHaveLength(requests);
  });
});

it('sends no content type without a body, which the service would refuse', async () => {
  const { id } = await newsletter.client.groups.create('Readers');
  await newsletter.client.groups.get(id, { with: ['subscribed_count'] });
  const [create, get] = newsletter.service.exchanges;
  expect([create?.headers.get('content-type'), get?.headers.get('content-type')]).toEqual(['application/json', null]);
  expect(get?.headers.get('accept')).toBe('application/json');
});

it('refuses bad input before any request', async () => {
  const { groups, campaigns, subscribers } = newsletter.client;
  const codes = await Promise.all(
    [
      groups.get(0),
      groups.get(1.5),
      groups.create(''),
      groups.create('x'.repeat(256)),
      groups.deleteMany({ include: [] }),
      groups.deleteMany({ include: [-1] }),
      campaigns.schedule(1, new Date(Number.NaN)),
      campaigns.testTemplate('..', ['me@example.com']),
      subscribers.importUpload(1, { fields: [] }),
      collect(groups.list({ paging: 'page' }).byPage({ pageToken: 'offset:1:1' })),
      collect(groups.list().byPage({ maxPageSize: 0 })),
    ].map(async (call) => (await errorOf(call)).code),
  );
  expect(new Set(codes)).toEqual(new Set(['invalid_argument']));
  expect(newsletter.service.exchanges).toEqual([]);
});
