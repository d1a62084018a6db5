import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNewsletter, type NewsletterSetup } from './open-newsletter.ts';

let news: NewsletterSetup;
beforeEach(async () => (news = await openNewsletter()));
afterEach(() => news[Symbol.asyncDispose]());

const run = (...argv: string[]) => news.cli.run(['newsletter', ...argv]);
const ok = (...argv: string[]) => news.cli.ok('newsletter', ...argv);
const requests = (method: string) => news.service.exchanges.filter((exchange) => exchange.method === method).map(({ path }) => path);

/** A campaign that is ready to be sent to the group Readers, if not to others. */
async function campaign(recipients: object = { groups: { include: [news.readers.id] } }): Promise<string> {
  const { id } = await news.client.campaigns.create({ subject: 'June', lang: 'en_GB', emailFromAddr: 'news@example.com', emailFromName: 'Example', contentHtml: '<p>Hello</p>', recipients });
  news.service.exchanges.length = 0;
  return String(id);
}

const statusOf = (id: string) => news.service.state.campaigns.get(Number(id))?.status;

describe('cmx newsletter campaigns', () => {
  it('lists campaigns and shows one, with whom it is for', async () => {
    const id = await campaign();
    expect((await ok('campaigns', 'ls')).stdout).toMatch(new RegExp(`^ID +STATUS +SUBJECT +CREATED AT\\n${id} +draft +June +\\S+ \\S+Z\\n$`));
    expect((await ok('campaigns', 'ls', '--status', 'sent', '--json')).json()).toEqual([]);
    expect((await ok('campaigns', 'show', id, '--json')).json()).toMatchObject({ id: Number(id), from: 'Example <news@example.com>', to: 'group "Readers"', recipients: '3 subscribers', statistics: { sentCount: 0 } });
  });

  it.each([
    ['everybody', { allSubscribers: true }, 'all subscribers', '3 subscribers'],
    ['addresses', { emails: ['ada@example.com'] }, 'ada@example.com', '1 subscriber'],
    ['many addresses', { emails: ['a@x.ch', 'b@x.ch', 'c@x.ch', 'd@x.ch', 'e@x.ch'] }, 'a@x.ch, b@x.ch, c@x.ch and 2 more addresses', '5 subscribers'],
    ['several', { allSubscribers: true, emails: ['a@x.ch'] }, 'all subscribers, a@x.ch', 'at most 4 subscribers'],
    ['nobody', {}, 'nobody', '0 subscribers'],
    ['a group that is gone', { groups: { include: [999] } }, 'group 999, which is gone', '0 subscribers'],
    ['many groups', { groups: { include: [1, 2, 3, 4, 5, 6] } }, '6 groups', 'an unknown number of subscribers'],
    ['a selection of its own', { expert: { conditions: null } }, 'a selection of its own', 'an unknown number of subscribers'],
  ])('tells whom a campaign to %s is for', async (_what, recipients, to, howMany) => {
    expect((await ok('campaigns', 'show', await campaign(recipients), '--json=to,recipients')).json()).toEqual({ to, recipients: howMany });
  });

  it('tells who is left out', async () => {
    const id = await campaign({ allSubscribers: true, groups: { exclude: [news.readers.id] } });
    expect((await ok('campaigns', 'show', id, '--json=to,recipients')).json()).toEqual({ to: 'all subscribers, without group "Readers"', recipients: 'at most 3 subscribers' });
  });

  it('sends a test to one address', async () => {
    const id = await campaign();
    expect((await ok('campaigns', 'test', id, 'me@example.com', '--json')).json()).toEqual({ id: Number(id), outcome: 'tested', to: 'me@example.com' });
    expect(news.service.state.tests).toEqual(['me@example.com']);
    expect((await run('campaigns', 'test', id, 'nobody')).exitCode).toBe(2);
  });

  it.each([[[]], [['--yes']]])('is not sent by a script that says %j: it takes --yes twice', async (flags) => {
    const id = await campaign();
    const asked = await run('campaigns', 'send', id, ...flags);
    expect(asked).toMatchObject({ exitCode: 10, stdout: '' });
    expect(asked.stderr).toBe(
      `cmx: Send campaign ${id}, "June", from news@example.com to 3 subscribers (group "Readers") now? "June" goes to 3 subscribers and nothing calls it back. Is this certain? Nobody said yes.\n` +
        '  These are 2 questions: say --yes --yes to answer yes to all\n',
    );
    expect((await run('campaigns', 'send', id, ...flags, '--json')).errors()).toMatchObject([{ error: { code: 'ApprovalRequired', hint: expect.stringContaining('--yes --yes') as unknown } }]);
    expect([statusOf(id), requests('PUT'), requests('POST')]).toEqual(['draft', [], []]);
  });

  it.each([[['--yes', '--yes']], [['-yy']], [['-y', '-y']]])('is sent with %j', async (flags) => {
    const id = await campaign();
    expect((await ok('campaigns', 'send', id, ...flags, '--json')).json()).toEqual({ id: Number(id), outcome: 'sent' });
    expect(statusOf(id)).toBe('sent');
  });

  it('asks on a terminal, once for each yes that is missing', async () => {
    const id = await campaign();
    const questions: string[] = [];
    const answering = (...answers: string[]) => async (question: string) => {
      questions.push(question);
      return answers.shift() ?? '';
    };
    const send = (ask: (question: string) => Promise<string>, ...flags: string[]) => news.cli.run(['newsletter', 'campaigns', 'send', id, ...flags], { isTerminal: true, ask });
    expect((await send(answering('yes', 'no'))).exitCode).toBe(10);
    expect(questions).toEqual([expect.stringMatching(/^Send campaign .* now\? \[y\/N\] $/), expect.stringContaining('nothing calls it back')]);
    expect((await send(answering('n'))).exitCode).toBe(10);
    expect((await send(answering('yes', 'yes'), '--no-input')).exitCode).toBe(10);
    expect([questions.length, statusOf(id)]).toEqual([3, 'draft']);
    expect((await send(answering('y'), '--yes')).exitCode).toBe(0);
    expect([questions.length, statusOf(id)]).toEqual([4, 'sent']);
  });

  it('is scheduled after two questions, and stopped without', async () => {
    const id = await campaign();
    const at = '2026-07-01T08:00:00+02:00';
    const asked = await run('campaigns', 'schedule', id, at, '--yes');
    expect(asked).toMatchObject({ exitCode: 10, stderr: expect.stringContaining('(group "Readers") at 2026-07-01T06:00:00.000Z?') as unknown });
    expect((await ok('campaigns', 'schedule', id, at, '-yy', '--json')).json()).toEqual({ id: Number(id), outcome: 'scheduled', at: '2026-07-01T06:00:00.000Z' });
    expect(statusOf(id)).toBe('scheduled');
    expect((await ok('campaigns', 'cancel', id)).stdout).toContain('canceled');
    expect(statusOf(id)).toBe('canceled');
  });

  it('refuses what is no campaign, no time, or in the past', async () => {
    expect(await run('campaigns', 'send', '999', '-yy')).toMatchObject({ exitCode: 3, stdout: '' });
    expect(await run('campaigns', 'show', 'June')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('must be the number of a campaign') as unknown });
    const id = await campaign();
    expect((await run('campaigns', 'schedule', id, 'soon', '-yy')).exitCode).toBe(2);
    expect((await run('campaigns', 'schedule', id, '2020-01-01T00:00:00Z', '-yy')).exitCode).toBe(2);
    expect(statusOf(id)).toBe('draft');
  });

  it.each([['send'], ['schedule', '2026-07-01T08:00:00Z'], ['test', 'me@example.com'], ['cancel']])('%s is refused by --read-only, before anything is asked or sent', async (command, ...more) => {
    const id = await campaign();
    expect(await run('campaigns', command, id, ...more, '-yy', '--read-only')).toMatchObject({ exitCode: 5, stdout: '' });
    expect(news.service.exchanges).toEqual([]);
  });
});

describe('cmx newsletter subscribers', () => {
  const subscriber = (address: string) => [...news.service.state.subscribers.values()].find(({ email }) => email === address);
  const emails = () => [...news.service.state.subscribers.values()].map(({ email }) => email).sort();
  const file = async (content: string, name = 'people.csv') => join(await news.cli.files('', { [name]: content }), name);

  it('lists subscribers, for people and programs', async () => {
    expect((await ok('subscribers', 'ls', '--search', 'ad', '-o', 'name')).stdout).toBe('ada@example.com\n');
    expect((await ok('subscribers', 'ls', '--limit', '2', '-o', 'csv')).stdout).toMatch(/^id,email,status,createdAt\r\n\d+,ada@example\.com,active,\S+Z\r\n\d+,bob@example\.com,.*\r\n$/);
    expect((await ok('subscribers', 'ls', '--status', 'bounced')).stdout).toBe('');
  });

  it('adds one with fields and groups, and refuses a field that there is not', async () => {
    expect((await ok('subscribers', 'upsert', 'zoe@example.com', '--set', 'firstname=Zoë=Z', '--group', 'Readers', '--json=email,status')).json()).toEqual({ email: 'zoe@example.com', status: 'active' });
    expect(subscriber('zoe@example.com')).toMatchObject({ fields: { firstname: 'Zoë=Z' }, groups: new Set([news.readers.id]) });
    const wrong = await run('subscribers', 'upsert', 'ida@example.com', '--set', 'fistname=Ida');
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no field fistname; it has email, firstname, lastname') as unknown });
    expect((await run('subscribers', 'upsert', 'ida')).exitCode).toBe(2);
    expect(emails()).not.toContain('ida@example.com');
  });

  it('imports a file after checking all of it', async () => {
    const path = await file('email;firstname\nx@example.com;X\ny@example.com;Y\n');
    expect((await ok('subscribers', 'import', path, '--dry-run', '--json')).json()).toEqual({ outcome: 'planned', rows: 2, rejected: [] });
    expect(emails()).toHaveLength(3);
    expect((await ok('subscribers', 'import', path)).stdout).toBe('OUTCOME  imported\nROWS     2\n');
    expect(emails()).toContain('x@example.com');
  });

  it('refuses a file with wrong rows by line, or leaves them out and says so', async () => {
    const path = await file('email\nnobody\nz@example.com\n');
    const refused = await run('subscribers', 'import', path);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('Nothing was imported, for rows of the file are wrong: line 2: no valid address') as unknown });
    expect(emails()).toHaveLength(3);
    expect((await ok('subscribers', 'import', path, '--skip-invalid', '--json')).json()).toEqual({ outcome: 'imported', rows: 1, rejected: [{ line: 2, reason: 'no valid address' }] });
    expect((await run('subscribers', 'import', await file('name\nAda\n', 'names.csv'))).stderr).toContain('The file has no column email; it has name');
    expect((await run('subscribers', 'import', join(news.cli.home, 'missing.csv'))).exitCode).toBe(3);
    expect((await run('subscribers', 'import', path, '--read-only')).exitCode).toBe(5);
    expect((await run('subscribers', 'import', path, '--skip-invalid', '--dry-run', '--read-only')).exitCode).toBe(0);
  });

  it('has the service write a file, and waits for it if told to', async () => {
    expect((await ok('subscribers', 'export', '--json')).json()).toEqual({ outcome: 'queued', operationId: expect.any(String) as unknown });
    expect((await ok('subscribers', 'export', '--wait', '--json')).json()).toMatchObject({ outcome: 'exported', response: { url: expect.stringMatching(/^https:/) as unknown } });
  });

  it('forgets one by address or number, with a yes', async () => {
    expect(await run('subscribers', 'forget', 'ada@example.com')).toMatchObject({ exitCode: 10, stdout: '', stderr: expect.stringContaining('  Say --yes to answer yes\n') as unknown });
    expect(emails()).toContain('ada@example.com');
    const { id } = subscriber('bob@example.com') ?? {};
    expect((await ok('subscribers', 'forget', 'Ada@example.com', '--yes', '--json')).json()).toMatchObject({ outcome: 'forgotten' });
    await ok('subscribers', 'forget', String(id), '--yes');
    expect(emails()).toEqual(['eve@example.com']);
    expect((await run('subscribers', 'forget', 'ada@example.com', '--yes')).exitCode).toBe(3);
  });
});

describe('cmx newsletter', () => {
  it('shows groups and credits', async () => {
    expect((await ok('groups', 'ls', '--json=name,subscribers')).json()).toEqual([{ name: 'Readers', subscribers: 3 }]);
    expect((await ok('credits')).stdout).toBe('TOTAL  1000\n');
  });

  it('ends with 4 when the token is not the right one', async () => {
    await news.cli.ok('configure', 'news', '--type', 'infomaniak-newsletter', '--set', 'token=wrong', '--set', 'domainId=42', '--set', `baseUrl=${news.baseUrl}`);
    expect(await run('groups', 'ls', '--json')).toMatchObject({ exitCode: 4, stdout: '' });
  });
});
