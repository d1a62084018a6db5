import { CloudError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import type { ImportCsvOptions } from '../src/index.ts';
import { useNewsletter } from './harness.ts';

const newsletter = useNewsletter();

const FILE = 'E-mail;Prénom;Note\nada@example.com;Ada;x\nalan@example.com;"Alan; M.";y\ngrace@example.com;Grace;z\n';
const COLUMNS = { 'E-mail': 'email', Prénom: 'firstname' };

const uploads = () => [...newsletter.service.state.uploads.values()];
const addresses = () => [...newsletter.service.state.subscribers.values()].map(({ email }) => email);

async function refusal(source: string | Uint8Array<ArrayBuffer>, options: ImportCsvOptions): Promise<CloudError> {
  const error: unknown = await newsletter.client.subscribers.importCsv(source, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!CloudError.is(error)) throw new Error('The import should have been refused', { cause: error });
  return error;
}

describe('a good file', () => {
  it('is imported with the columns that are named', async () => {
    const operation = await newsletter.client.subscribers.importCsv(FILE, { columns: COLUMNS, groups: ['Readers'], replaceFields: true });
    const poller = operation.applied();
    expect(poller.state).toBe('pending');
    const report = await poller;
    expect(report).toEqual({ imported: [{ firstLine: 2, lastLine: 4, rows: 3 }], inDoubt: [], notSent: [], rejected: [] });
    expect(poller.progress).toBe(1);
    expect(uploads()).toEqual(['"E-mail","Prénom"\r\n"ada@example.com","Ada"\r\n"alan@example.com","Alan; M."\r\n"grace@example.com","Grace"\r\n']);
    expect(addresses()).toEqual(['ada@example.com', 'alan@example.com', 'grace@example.com']);
    expect([...newsletter.service.state.subscribers.values()][1]?.fields).toEqual({ firstname: 'Alan; M.' });
  });

  it('needs no names of columns when its first line has the keys of the fields', async () => {
    const plan = await newsletter.client.subscribers.planImport('Email,firstname\nada@example.com,Ada\n', {});
    expect(plan).toMatchObject({ rows: 1, rejected: [], columns: [{ name: 'Email' }, { name: 'firstname' }] });
    expect(uploads()).toEqual([]);
  });

  it('is read in the encoding that is named', async () => {
    const bytes = new Uint8Array([...'email;firstname\nada@example.com;Ad'].map((character) => character.charCodeAt(0)).concat(0xe9));
    await (await newsletter.client.subscribers.importCsv(bytes, { encoding: 'windows-1252' })).applied();
    expect([...newsletter.service.state.subscribers.values()][0]?.fields).toEqual({ firstname: 'Adé' });
  });

  it('may be a Blob, and begin with a byte order mark', async () => {
    await (await newsletter.client.subscribers.importCsv(new Blob(['\uFEFFemail\nada@example.com']), {})).applied();
    expect(addresses()).toEqual(['ada@example.com']);
  });

  it('goes in batches, one after the other', async () => {
    const poller = (await newsletter.client.subscribers.importCsv(FILE, { columns: COLUMNS, maxRowsPerBatch: 2 })).applied();
    newsletter.clock.advance(5_000);
    expect(await poller.poll()).toBe('running');
    expect(poller.progress).toBeCloseTo(2 / 3);
    expect(await poller).toMatchObject({
      imported: [
        { firstLine: 2, lastLine: 3, rows: 2 },
        { firstLine: 4, lastLine: 4, rows: 1 },
      ],
    });
    expect(addresses()).toHaveLength(3);
  });
});

describe('a file that is refused before anything is uploaded', () => {
  it('for its encoding, by line', async () => {
    const bytes = new Uint8Array(
      [...'email;firstname\nada@example.com;Ada\nalan@example.com;Al'].map((character) => character.charCodeAt(0)).concat(0xe9),
    );
    const error = await refusal(bytes, {});
    expect(error).toMatchObject({ code: 'invalid_argument', phase: 'arguments', details: { encoding: 'utf-8', likely: 'windows-1252', lines: [3] } });
  });

  it('for a missing column', async () => {
    const error = await refusal(FILE, { columns: { ...COLUMNS, Nom: 'lastname' } });
    expect(error).toMatchObject({ code: 'invalid_argument', details: { missing: ['Nom'], found: ['E-mail', 'Prénom', 'Note'] } });
  });

  it('for want of an address', async () => {
    expect(await refusal('firstname\nAda\n', {})).toMatchObject({ details: { missing: ['email'] } });
  });

  it('for a field that there is not', async () => {
    expect(await refusal('email,shoes\nada@example.com,39\n', {})).toMatchObject({
      details: { unknown: ['shoes'], known: ['email', 'firstname', 'lastname'] },
    });
  });

  it('for wrong rows, all of them named', async () => {
    const file = 'email,firstname\nada@example.com,Ada\nalan@example,Alan\n,Grace\nADA@example.com,Ada\nalan@example.com\n';
    expect(await refusal(file, {})).toMatchObject({
      code: 'invalid_argument',
      applied: false,
      details: {
        rejected: [
          { line: 3, reason: 'no valid address' },
          { line: 4, reason: 'no address' },
          { line: 5, reason: 'the same address as line 2' },
          { line: 6, reason: '1 cells instead of 2' },
        ],
      },
    });
  });

  it('for a quotation that does not end', async () => {
    expect(await refusal('email,firstname\nada@example.com,"Ada\n', {})).toMatchObject({
      code: 'invalid_argument',
      details: { code: 'CSV_QUOTE_NOT_CLOSED' },
    });
  });

  it('for nothing in it', async () => {
    expect(await refusal('', {})).toMatchObject({ code: 'invalid_argument' });
    expect(await refusal('email\n', {})).toMatchObject({ code: 'invalid_argument' });
  });
});

describe('a file that fails on the way', () => {
  it('skips wrong rows when told to, and reports them', async () => {
    const file = 'email\nada@example.com\nnobody\n';
    const report = await (await newsletter.client.subscribers.importCsv(file, { invalidRows: 'skip' })).applied();
    expect(report).toEqual({
      imported: [{ firstLine: 2, lastLine: 2, rows: 1 }],
      inDoubt: [],
      notSent: [],
      rejected: [{ line: 3, reason: 'no valid address' }],
    });
  });

  it('says that nothing was sent when the upload is refused', async () => {
    const refuse = () => Response.json({ result: 'error', error: { code: 'access_denied', description: 'No' } }, { status: 403 });
    const list = newsletter.client.subscribers.planImport(FILE, { columns: COLUMNS });
    expect((await list).batches).toHaveLength(1);
    newsletter.service.fail(
      () =>
        Response.json({
          result: 'success',
          data: [
            { id: 1, name: 'E-mail', key: 'email' },
            { id: 2, name: 'F', key: 'firstname' },
          ],
          page: 1,
          pages: 1,
        }),
      refuse,
    );
    const error = await refusal(FILE, { columns: COLUMNS });
    expect(error).toMatchObject({ code: 'permission_denied', status: 403, operation: 'subscribers.importCsv', applied: false });
    expect(error.details).toMatchObject({ import: { imported: [], inDoubt: [], notSent: [{ firstLine: 2, lastLine: 4, rows: 3 }] } });
  });

  it('reports which rows are in, in doubt and not sent, and goes on from there', async () => {
    const { subscribers } = newsletter.client;
    const options = { columns: COLUMNS, maxRowsPerBatch: 1 };
    const poller = (await subscribers.importCsv(FILE, options)).applied();
    newsletter.clock.advance(5_000);
    await poller.poll();
    await poller.poll();
    const second = [...newsletter.service.state.operations.values()][1];
    second!.apply = () => {
      throw new Error('The disk is full');
    };
    const error: unknown = await poller.result().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'unknown',
      vendorCode: 'unexpected_error',
      applied: true,
      details: { import: { imported: [{ firstLine: 2 }], inDoubt: [{ firstLine: 3 }], notSent: [{ firstLine: 4, lastLine: 4, rows: 1 }] } },
    });
    expect(poller.state).toBe('failed');
    expect((error as CloudError).message).toContain('lines imported: 2-2; in doubt: 3-3; not sent: 4-4');
    await (await subscribers.importCsv(FILE, { ...options, startAtLine: 3 })).applied();
    expect(addresses()).toHaveLength(3);
  });

  it('can be stopped', async () => {
    const operation = await newsletter.client.subscribers.importCsv(FILE, { columns: COLUMNS });
    const poller = operation.applied();
    await poller.cancel();
    expect(poller.state).toBe('canceled');
    await expect(poller.result()).rejects.toMatchObject({ code: 'conflict' });
    newsletter.clock.advance(60_000);
    await newsletter.client.domain.get();
    expect(addresses()).toEqual([]);
  });
});
