import { nodeHttpTransport, socketTransport } from '@cmx/http';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InfomaniakNewsletterClient } from '../src/index.ts';
import { startNewsletterService, type RunningNewsletterService } from '../src/testing/index.ts';

const root = path.resolve(import.meta.dirname, '..');
let running: RunningNewsletterService;

beforeAll(async () => {
  running = await startNewsletterService({ requestsPerMinute: false, applyInMs: 0 });
});
afterAll(() => running.close());

describe.each([socketTransport, nodeHttpTransport])('over HTTP with %o', (createTransport) => {
  it('writes and reads, with and without bodies', async () => {
    const transport = createTransport();
    const client = new InfomaniakNewsletterClient({ ...running.clientOptions, transport });
    const { id } = await client.groups.create('Readers');
    expect(await client.groups.get(id, { with: ['subscribed_count'] })).toMatchObject({ name: 'Readers', subscribedCount: '0' });
    expect(await (await client.groups.deleteMany({ include: [id] })).applied()).toMatchObject({ response: { deleted: 1 } });
    await expect(client.groups.get(id)).rejects.toMatchObject({ code: 'not_found' });
    await client.close();
    await transport.close();
  });
});

describe('the examples of the README', () => {
  const blocks = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);

  /** Runs an example as its reader would: in a process of its own, with the variables set. */
  async function run(code: string): Promise<{ status: number | null; output: string }> {
    const { token, domainId, baseUrl } = running.clientOptions;
    const env = { ...process.env, INFOMANIAK_NEWSLETTER_TOKEN: token, INFOMANIAK_NEWSLETTER_ID: String(domainId), INFOMANIAK_NEWSLETTER_BASE_URL: baseUrl };
    const child = spawn(process.execPath, ['--conditions=@cmx/source', '--input-type=module-typescript', '--eval', code], { cwd: root, env });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status, output };
  }

  it('are five', () => {
    expect(blocks).toHaveLength(5);
  });

  it.each([
    ['the first call', 0, 'News of June scheduled'],
    ['many at once', 1, '{ count: 0 }'],
    ['CSV files', 2, '2 rows, 0 rejected'],
    ['errors', 3, 'infomaniak newsletter campaigns.get campaign "404": Object not found'],
    ['a service for tests', 4, '[ 201, 503, 200 ]'],
  ])('run: %s', async (_name, index, expected) => {
    const { status, output } = await run(blocks[index] ?? '');
    expect(output).toContain(expected);
    expect(status).toBe(0);
  });
});
