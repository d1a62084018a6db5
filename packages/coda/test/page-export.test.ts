import { describe, expect, it } from 'vitest';
import { logOf, openHarness, problemsOf } from './harness.ts';

const MARKDOWN = '# Größe\n\n* eins\n* zwei';

async function withContent() {
  const harness = openHarness();
  const change = await harness.client.pages.writeContent(harness.docId, 'First', 'markdown', MARKDOWN);
  await change.applied();
  return harness;
}

describe('a page is exported', () => {
  it('as Markdown, without the token being shown to the download host', async () => {
    const { client, service, docId } = await withContent();
    expect(await client.pages.readContent(docId, 'First')).toBe(MARKDOWN);
    expect(logOf(service)).toContain('getPageContentExportStatus 404');
    expect(problemsOf(service)).toEqual([]);
  });

  it('and appended to, before and behind', async () => {
    const { client, docId } = await withContent();
    await (await client.pages.writeContent(docId, 'First', 'markdown', 'end', { insertionMode: 'append' })).applied();
    await (await client.pages.writeContent(docId, 'First', 'html', '<p>start</p>', { insertionMode: 'prepend' })).applied();
    expect(await client.pages.readContent(docId, 'First', { outputFormat: 'html' })).toBe(`<p>start</p>\n${MARKDOWN}\nend`);
  });

  it('as a stream that can be read again', async () => {
    const { client, docId } = await withContent();
    const page = await client.pages.export(docId, 'First');
    for (let round = 0; round < 2; round++) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of page) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe(MARKDOWN);
    }
  });

  it.each([1, 2])('also when the link has died before it is read (the store says so in way %i)', async (way) => {
    const { client, service, docId, clock } = await withContent();
    for (let place = 1; place < way; place++) service.addDoc('Other');
    const page = await client.pages.export(docId, 'First');
    clock.skip(400_000);
    expect(await page.text()).toBe(MARKDOWN);
    expect(logOf(service).slice(-3)).toEqual([expect.stringMatching(/^download (200|403)$/), 'getPageContentExportStatus 200', 'download 200']);
  });

  it('not when every link is dead', async () => {
    const { client, service, docId } = await withContent();
    const page = await client.pages.export(docId, 'First');
    service.exports.values().next().value!.page.lines = [];
    const dead = () => Response.json({ id: 'e', status: 'complete', href: 'https://coda.io/e', downloadLink: `https://exports.coda.test/exports/nobody/0` });
    service.fail('getPageContentExportStatus', dead, dead, dead);
    await page.text();
    service.exports.clear();
    await expect(page.text()).rejects.toMatchObject({ code: 'unavailable', operation: 'exportPage' });
  });

  it('one after the other when it is the same page', async () => {
    const { client, service, docId } = await withContent();
    const texts = await Promise.all([client.pages.readContent(docId, 'First'), client.pages.readContent(docId, 'First', { outputFormat: 'html' })]);
    expect(texts).toEqual([MARKDOWN, MARKDOWN]);
    expect([...service.exports.values()].map(({ error }) => error)).toEqual([undefined, undefined]);
  });

  it('and the next one of the page is not held up by one that failed', async () => {
    const { client, service, docId } = await withContent();
    service.fail('beginPageContentExport', () => Response.json({ statusCode: 403, statusMessage: 'Forbidden', message: 'No' }, { status: 403 }));
    const failing = client.pages.export(docId, 'First');
    const working = client.pages.export(docId, 'First');
    await expect(failing).rejects.toMatchObject({ code: 'permission_denied' });
    expect(await (await working).text()).toBe(MARKDOWN);
  });

  it.each([
    ['the service gives it up', () => Response.json({ id: 'e', status: 'failed', href: 'https://coda.io/e', error: 'Too large' }), { code: 'unknown', message: expect.stringContaining('Too large') as string }],
    ['it has aged out', () => Response.json({ statusCode: 410, statusMessage: 'Gone', message: 'Gone' }, { status: 410 }), { code: 'not_found', status: 410 }],
  ])('not when %s', async (_name, fault, expected) => {
    const { client, service, docId } = await withContent();
    service.fail('getPageContentExportStatus', fault);
    await expect(client.pages.export(docId, 'First')).rejects.toMatchObject(expected);
  });

  it('not when it is no canvas', async () => {
    const { client, docId } = openHarness();
    const page = await client.pages.create(docId, { name: 'Copy', pageContent: { type: 'syncPage', mode: 'document', sourceDocId: docId } });
    await page.applied();
    await expect(client.pages.export(docId, page.id)).rejects.toMatchObject({ code: 'invalid_argument', status: 400 });
  });

  it('later, from the text of its poller', async () => {
    const { client, docId } = await withContent();
    const error: unknown = await client.pages.export(docId, 'First', { timeoutInMs: 4_000 }).catch((thrown: unknown) => thrown);
    const { details } = error as { details: { resume: string } };
    expect(error).toMatchObject({ code: 'timeout', phase: 'total' });
    const page = await client.resumePoller(details.resume);
    expect(await (page as { text(): Promise<string> }).text()).toBe(MARKDOWN);
  });
});
