import { nodeHttpTransport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InfomaniakNewsletterClient } from '../src/index.ts';
import { NewsletterService, startNewsletterService, type RunningNewsletterService, type StartNewsletterServiceOptions } from '../src/testing/index.ts';
import { SkippingClock } from './skipping-clock.ts';

let running: RunningNewsletterService;
let client: InfomaniakNewsletterClient;

beforeEach(async () => {
  const clock = new SkippingClock();
  running = await startNewsletterService({ clock });
  client = new InfomaniakNewsletterClient({ ...running.clientOptions, clock });
});

afterEach(async () => {
  await client.close();
  await running.close();
});

const statuses = ({ exchanges }: NewsletterService): number[] => exchanges.map(({ status }) => status);

describe('a service over HTTP', () => {
  it('keeps what a client writes, and shows it', async () => {
    await client.subscribers.upsert('ada@example.com', { fields: { firstname: 'Ada' } });
    expect([...running.service.state.subscribers.values()]).toMatchObject([{ email: 'ada@example.com', status: 'active', fields: { firstname: 'Ada' } }]);
    expect(statuses(running.service)).toEqual([201]);
  });

  it('does work in the background after a lag', async () => {
    const { id } = running.service.state.addGroup('Readers');
    const operation = await client.groups.deleteMany({ include: [id] });
    expect(running.service.state.groups.size).toBe(1);
    expect(await operation.applied()).toMatchObject({ response: { deleted: 1 } });
    expect(running.service.state.groups.size).toBe(0);
  });

  it('refuses another token, another domain, and what is no JSON', async () => {
    await expect(new InfomaniakNewsletterClient({ ...running.clientOptions, token: 'another' }).groups.get(1)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(new InfomaniakNewsletterClient({ ...running.clientOptions, domainId: 7 }).groups.get(1)).rejects.toMatchObject({ code: 'not_found' });
    const headers = { authorization: `Bearer ${running.service.token}` };
    expect((await fetch(`${running.url}/1/newsletters/42/groups`, { method: 'POST', headers, body: '{"name"' })).status).toBe(400);
    expect((await fetch(`${running.url}/1/newsletters/42/subscribers`, { method: 'POST', headers, body: '{"email":"ada@example.com","groups":7}' })).status).toBe(422);
  });

  it('enforces a limit, another one, or none', async () => {
    for (const [requestsPerMinute, expected] of [
      [1, [200, 429]],
      [false, [200, 200]],
    ] as const) {
      await using other = await startNewsletterService({ requestsPerMinute });
      const ask = async () => (await fetch(`${other.url}/1/newsletters/42`, { headers: { authorization: `Bearer ${other.service.token}` } })).status;
      expect([await ask(), await ask()]).toEqual(expected);
    }
  });

  it('meets the failures that were planned', async () => {
    running.service.fail(() => new Response('', { status: 503 }));
    await client.domain.get();
    expect(statuses(running.service)).toEqual([503, 200]);
  });
});

it('a service behind MSW answers where it seems to be', async () => {
  const service = new NewsletterService();
  const server = setupServer(...(await service.handlers('https://news.test')));
  server.listen({ onUnhandledFrame: 'error' });
  const { token, domainId } = service;
  const intercepted = new InfomaniakNewsletterClient({ token, domainId, baseUrl: 'https://news.test', transport: nodeHttpTransport() });
  expect(await intercepted.domain.get()).toMatchObject({ id: 42 });
  await intercepted.close();
  server.close();
});

it.each<[string, StartNewsletterServiceOptions]>([
  ['an empty token', { token: '' }],
  ['half a domain', { domainId: 0.5 }],
  ['no requests at all', { requestsPerMinute: 0 }],
  ['a lag that is none', { applyInMs: Number.NaN }],
  ['a port that is none', { port: 0.5 }],
])('options are refused with %s', async (_, options) => {
  await expect(startNewsletterService(options)).rejects.toMatchObject({ code: 'invalid_argument', phase: 'arguments' });
});

it('says what its handlers need where MSW is not installed', async () => {
  vi.doMock('msw', () => {
    throw new Error('Cannot find package');
  });
  await expect(new NewsletterService().handlers()).rejects.toMatchObject({ code: 'missing_dependency', message: expect.stringContaining('npm install msw') as string });
  vi.doUnmock('msw');
});
