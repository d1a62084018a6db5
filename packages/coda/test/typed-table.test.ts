import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { column } from '../src/index.ts';
import { all, logOf, openHarness, problemsOf, putRows } from './harness.ts';

const schema = {
  title: column.text('Title'),
  points: column.number('c-points'),
  done: column.checkbox('Done'),
  due: column.time('Due'),
  price: column.currency('Price'),
  owner: column.person('Owner'),
  tags: column.list(column.text('Tags')),
  site: column.url('Site'),
  after: column.row('After'),
};

const FULL = {
  title: 'Write',
  points: 3,
  done: true,
  due: new Date('2026-11-23T00:00:00Z'),
  price: 12.5,
  owner: { name: 'ada', email: 'ada@example.com' },
  tags: ['a', 'b'],
  site: 'https://example.com',
  after: { name: 'Row i-row1', rowId: 'i-row1' },
};

const BLANK = { title: '', points: undefined, done: false, due: undefined, price: undefined, owner: undefined, tags: [], site: undefined, after: undefined };

function openTasks() {
  const harness = openHarness();
  return { ...harness, tasks: harness.client.table(harness.docId, 'Tasks', schema) };
}

describe('a typed table', () => {
  it('gives back what it was given, typed', async () => {
    const { tasks, service } = openTasks();
    await (await tasks.insert([FULL, { title: 'Bare' }])).applied();
    const rows = await all(tasks.list());
    expect(rows.map(({ values }) => values)).toEqual([FULL, { ...BLANK, title: 'Bare' }]);
    // The type is the test: these lines compile only when the schema's types arrive here.
    const points: number | undefined = rows[0]?.values.points;
    const tags: readonly string[] | undefined = rows[0]?.values.tags;
    expect([points, tags]).toEqual([3, ['a', 'b']]);
    expect(await tasks.get(rows[0]!.id)).toMatchObject({ id: rows[0]!.id, values: FULL });
    expect(problemsOf(service)).toEqual([]);
  });

  it('updates, upserts and deletes', async () => {
    const { tasks, table } = openTasks();
    putRows(table, 2, (place) => ({ 'c-title': `T${String(place)}`, 'c-points': place, 'c-done': true }));
    await (await tasks.update('i-row0', { points: 9, done: undefined })).applied();
    expect(table.rows.get('i-row0')?.cells).toMatchObject({ 'c-points': 9, 'c-done': false, 'c-title': 'T0' });
    await (await tasks.upsert([{ title: 'T1', points: 11 }], { keyColumns: ['title'] })).applied();
    expect(table.rows.get('i-row1')?.cells).toMatchObject({ 'c-points': 11, 'c-done': true });
    await (await tasks.delete(['i-row0'])).applied();
    expect([...table.rows.keys()]).toEqual(['i-row1']);
  });

  it('refuses columns the table does not have, all of them by name, before any row is asked for', async () => {
    const { client, docId, service } = openTasks();
    const wrong = client.table(docId, 'Tasks', { title: column.text('Tilte'), points: column.number('c-nothing'), done: column.checkbox('Done') });
    await expect(wrong.insert([{ title: 'a' }])).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringMatching(/no column "Tilte" \(field "title"\), "c-nothing" \(field "points"\); it has "Title", "Points"/) as string,
    });
    expect(logOf(service)).toEqual(['listColumns 200']);
  });

  it('refuses a name that several columns have', async () => {
    const { tasks, table } = openTasks();
    table.columns[1]!.name = 'Title';
    await expect(all(tasks.list())).rejects.toMatchObject({ message: expect.stringContaining('2 columns of that name') as string });
  });

  it('refuses fields of a row that the schema does not know, and columns that fill themselves', async () => {
    const { tasks, client, docId, service } = openTasks();
    await expect(tasks.insert([{ title: 'a' }, { titel: 'b' } as never])).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringMatching(/row 1: "titel" is no field/) as string });
    const aged = client.table(docId, 'Tasks', { title: column.text('Title'), age: column.number('Age'), go: column.text('Go') });
    await expect(aged.insert([{ age: 3 }])).rejects.toMatchObject({ message: expect.stringMatching(/column "Age" \(field "age"\) is filled by the table itself/) as string });
    await expect(aged.update('i-1', { go: 'x' })).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(logOf(service).filter((line) => line.startsWith('upsertRows'))).toEqual([]);
  });

  it('survives renaming by id, refuses it by name, and notices a deleted column', async () => {
    const { client, docId, table, tasks } = openTasks();
    putRows(table, 1, () => ({ 'c-title': 'a', 'c-points': 1 }));
    await all(tasks.list());
    table.columns[1]!.name = 'Effort';
    expect((await all(client.table(docId, 'Tasks', { points: column.number('c-points') }).list()))[0]?.values.points).toBe(1);
    await expect(all(client.table(docId, 'Tasks', { points: column.number('Points') }).list())).rejects.toMatchObject({ message: expect.stringMatching(/no column "Points".*"Effort"/) as string });
    table.columns = table.columns.filter(({ id }) => id !== 'c-points');
    await expect(all(tasks.list())).rejects.toMatchObject({ code: 'not_found', message: expect.stringMatching(/Column "Points" \(c-points\) is not in the table any more/) as string });
  });

  it('says which cell holds something else than its column should', async () => {
    const { tasks, table } = openTasks();
    putRows(table, 1, () => ({ 'c-points': 'lots' }));
    await expect(all(tasks.list())).rejects.toMatchObject({ message: expect.stringMatching(/Row i-row0, column "Points": "lots" is not a number/) as string });
  });

  it('asks for columns again after it failed to', async () => {
    const { tasks, service } = openTasks();
    service.fail('listColumns', () => Response.json({ statusCode: 403, statusMessage: 'Forbidden', message: 'No' }, { status: 403 }));
    await expect(all(tasks.list())).rejects.toMatchObject({ code: 'permission_denied' });
    expect(await all(tasks.list())).toEqual([]);
  });

  it('makes its schema from the columns of a table nobody described', async () => {
    const { client, docId, tasks } = openTasks();
    await (await tasks.insert([FULL])).applied();
    const opened = await client.openTable(docId, 'Tasks');
    const [row] = await all(opened.list());
    expect(row?.values).toMatchObject({ Title: 'Write', Points: 3, Done: true, Due: FULL.due, Price: 12.5, Owner: FULL.owner, Tags: ['a', 'b'], Site: FULL.site, After: FULL.after, Age: undefined });
  });
});

describe('CSV', () => {
  it('goes out and comes in as the same values', async () => {
    const { tasks, table } = openTasks();
    const rows = [{ ...BLANK, title: 'a "quoted", text\nwith lines' }, { ...FULL, after: undefined }];
    await (await tasks.insert(rows)).applied();
    const csv = (await all(tasks.toCsv())).join('');
    expect(csv.split('\r\n')[0]).toBe('Title,Points,Done,Due,Price,Owner,Tags,Site,After');
    expect(csv).toContain('"a ""quoted"", text\nwith lines"');
    expect(await all(tasks.readCsv(csv))).toEqual(rows.map((row) => ({ ...row, owner: row.owner && { name: 'ada@example.com', email: 'ada@example.com' } })));
    table.rows.clear();
    await (await tasks.insert(tasks.readCsv(csv))).applied();
    expect((await all(tasks.toCsv())).join('')).toBe(csv);
  });

  const small = { title: column.text('Title'), points: column.number('Points') };

  function openSmall() {
    const harness = openHarness();
    return { ...harness, tasks: harness.client.table(harness.docId, 'Tasks', small) };
  }

  it.each([
    ['bytes in pieces', [Buffer.from('Title,Po'), Buffer.from('ints\nGr'), Buffer.from([0xc3]), Buffer.from([0xb6, 0x0a])].map((bytes) => bytes), undefined],
    ['a byte order mark', Buffer.from('\uFEFFTitle,Points\nGrö,\n'), undefined],
    ['another encoding', Buffer.from('Title,Points\nGr\xf6,1\n', 'latin1'), 'windows-1252'],
    ['field names as header', 'title,points\nGrö,1\n', undefined],
    ['column ids as header', new Blob(['c-title,c-points\nGrö,1\n']), undefined],
  ])('is read from %s', async (_name, source, encoding) => {
    const { tasks, client, docId } = openSmall();
    const byId = client.table(docId, 'Tasks', { title: column.text('c-title'), points: column.number('c-points') });
    const reading = all((_name.startsWith('column ids') ? byId : tasks).readCsv(source as string, { encoding }));
    if (_name === 'bytes in pieces') await expect(reading).rejects.toMatchObject({ message: expect.stringContaining('Invalid Record Length') as string });
    else expect(await reading).toMatchObject([{ title: 'Grö' }]);
  });

  it.each([
    ['a wrong encoding', Buffer.from('Title,Points\nGr\xf6,1\n', 'latin1'), /is not utf-8 \(at or behind byte 0\)/],
    ['a missing column', 'Title\na\n', /header lacks "points"/],
    ['an unknown column', 'Title,Points,Color\na,1,red\n', /has "Color", which the schema does not know/],
    ['a field that is no number', 'Title,Points\na,1\nb,many\n', /Line 3, field "points": "many" is not a number/],
    ['a column twice', 'Title,Points,Title\na,1,b\n', /header has "Title" more than once/],
    ['an open quote', 'Title,Points\n"a,1\n', /cannot be read: Quote Not Closed/],
    ['a line of another length', 'Title,Points\na,1,2\n', /cannot be read: Invalid Record Length.*line 2/],
  ])('with %s is refused with its place, and nothing after it is written', async (_name, source, problem) => {
    const { tasks, service } = openSmall();
    await expect(tasks.insert(tasks.readCsv(source))).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringMatching(problem) as string });
    expect(logOf(service)).toEqual(['listColumns 200']);
  });

  it('that cannot be had ends with the reason itself', async () => {
    const { tasks } = openSmall();
    await expect(all(tasks.readCsv(createReadStream('/nowhere.csv')))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('with an open quote in front of a large file is not read to its end', async () => {
    const { tasks } = openSmall();
    let pieces = 0;
    function* endless() {
      yield 'Title,Points\n"a,1\n';
      for (; pieces < 1_000; pieces++) yield 'x'.repeat(100_000);
    }
    await expect(all(tasks.readCsv(endless()))).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(pieces).toBeLessThan(100);
  });

  it('of an encoding nobody knows is refused', async () => {
    const { tasks } = openSmall();
    await expect(all(tasks.readCsv('Title,Points\n', { encoding: 'klingon' }))).rejects.toThrow(/"klingon" is no encoding/);
  });
});

describe('ndjson', () => {
  it('goes out and comes in as the same values', async () => {
    const { tasks } = openTasks();
    await (await tasks.insert([FULL, { title: 'Bare' }])).applied();
    const ndjson = (await all(tasks.toNdjson())).join('');
    expect(JSON.parse(ndjson.split('\n')[0]!)).toMatchObject({ title: 'Write', due: '2026-11-23T00:00:00.000Z', owner: 'ada@example.com', tags: ['a', 'b'], after: 'i-row1' });
    const read = await all(tasks.readNdjson(`${ndjson}\n`));
    expect(read[0]).toMatchObject({ title: 'Write', points: 3, due: FULL.due, tags: ['a', 'b'] });
    expect(read[1]).toEqual({ ...BLANK, title: 'Bare' });
  });

  it.each([
    ['a line that is no JSON', '{"title":"a"}\n{title}\n', /Line 2 is not JSON/],
    ['a line that is no object', '[1]\n', /Line 1 is JSON, but not an object/],
    ['an unknown field', '\n{"titel":"a"}\n', /Line 2 has "titel"/],
    ['a value of another kind', '{"points":"many"}\n', /Line 1, field "points"/],
  ])('with %s is refused with its place', async (_name, source, problem) => {
    const { tasks } = openTasks();
    await expect(tasks.insert(tasks.readNdjson(source))).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringMatching(problem) as string });
  });
});

describe('what was exported, with columns the table fills itself,', () => {
  async function openAll() {
    const harness = openHarness();
    const tasks = await harness.client.openTable(harness.docId, 'Tasks');
    putRows(harness.table, 2, (place) => ({
      'c-title': `T${String(place)}`,
      'c-points': place,
      'c-done': true,
      'c-due': '2026-11-23T00:00:00.000Z',
      'c-price': 1.5,
      'c-owner': 'ada@example.com',
      'c-tags': ['a', 'b'],
      'c-site': 'https://example.com',
      'c-age': 7,
    }));
    return { ...harness, tasks };
  }

  it('is read back from CSV', async () => {
    const { tasks, table, service } = await openAll();
    const csv = (await all(tasks.toCsv())).join('');
    expect(csv.split('\r\n').slice(0, 2)).toEqual(['Title,Points,Done,Due,Price,Owner,Tags,Site,After,Age,Go', 'T0,0,true,2026-11-23T00:00:00.000Z,1.5,ada@example.com,"a, b",https://example.com,,7,']);
    const { counts } = await tasks.planSync(tasks.readCsv(csv), { keyColumns: ['Title'] });
    expect(counts).toMatchObject({ inserts: 0, updates: 0, deletes: 0 });
    table.rows.clear();
    await (await tasks.insert(tasks.readCsv(csv))).applied();
    expect([...table.rows.values()].map(({ cells }) => [cells['c-title'], cells['c-tags'], cells['c-age']])).toEqual([
      ['T0', ['a', 'b'], undefined],
      ['T1', ['a', 'b'], undefined],
    ]);
    expect(problemsOf(service)).toEqual([]);
  });

  it('is read back from ndjson', async () => {
    const { tasks, table, service } = await openAll();
    const ndjson = (await all(tasks.toNdjson())).join('');
    expect(JSON.parse(ndjson.split('\n')[0]!)).toMatchObject({ Title: 'T0', Age: 7 });
    const { counts } = await tasks.planSync(tasks.readNdjson(ndjson), { keyColumns: ['Title'] });
    expect(counts).toMatchObject({ inserts: 0, updates: 0, deletes: 0 });
    table.rows.clear();
    await (await tasks.upsert(tasks.readNdjson(ndjson), { keyColumns: ['Title'] })).applied();
    expect([...table.rows.values()].map(({ cells }) => [cells['c-title'], cells['c-points'], cells['c-age']])).toEqual([
      ['T0', 0, undefined],
      ['T1', 1, undefined],
    ]);
    expect(problemsOf(service)).toEqual([]);
  });

  it('need not have them, but all others', async () => {
    const { client, docId } = openHarness();
    const aged = client.table(docId, 'Tasks', { title: column.text('Title'), points: column.number('Points'), age: column.number('Age') });
    expect(await all(aged.readCsv('Title,Points\na,1\n'))).toEqual([{ title: 'a', points: 1 }]);
    expect(await all(aged.readCsv('Title,Age,Points\na,many,1\n'))).toEqual([{ title: 'a', points: 1 }]);
    await expect(all(aged.readCsv('Title,Age\na,1\n'))).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringMatching(/header lacks "points"$/) as string });
    await expect(all(aged.readCsv('Title,Points,Color\na,1,red\n'))).rejects.toMatchObject({ message: expect.stringMatching(/has "Color", which the schema does not know/) as string });
    await expect(all(aged.readNdjson('{"age":1,"color":"red"}\n'))).rejects.toMatchObject({ message: expect.stringMatching(/Line 1 has "color"/) as string });
  });
});
