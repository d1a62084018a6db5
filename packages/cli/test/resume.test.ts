import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, interruptedAfter, openS3, PART_IN_BYTES, partsSent, type S3Lab } from './open-s3.ts';

/** Two whole parts and a bit. */
const CONTENT = contentOf(2 * PART_IN_BYTES + 1000);
const RESUME = ['--resume', '--part-size', '5'];

let lab: S3Lab;
let film: string;
beforeEach(async () => {
  lab = await openS3();
  film = join(lab.cli.home, 'film.bin');
  await writeFile(film, CONTENT);
});
afterEach(() => lab[Symbol.asyncDispose]());

/** Breaks an upload off after its two whole parts. */
async function breakOff(target = 'lab:box/film.bin', flags: readonly string[] = RESUME) {
  const result = await lab.cli.run(['cp', ...flags, '-', target], interruptedAfter(CONTENT.subarray(0, 2 * PART_IN_BYTES + 1), lab.service));
  lab.service.exchanges.length = 0;
  return result;
}

describe('cp --resume into a bucket', () => {
  it('goes on from a file with what standard input began, where checksums are kept too', async () => {
    await using other = await openS3('aws');
    const path = await other.cli.files('', { nothing: '' });
    await writeFile(join(path, 'film.bin'), CONTENT);
    await other.cli.run(['cp', ...RESUME, '-', 'lab:box/film.bin'], interruptedAfter(CONTENT.subarray(0, 2 * PART_IN_BYTES + 1), other.service));
    other.service.exchanges.length = 0;
    expect((await other.cli.ok('cp', ...RESUME, join(path, 'film.bin'), 'lab:box/film.bin', '--json')).json()).toMatchObject([{ verified: 'checksum' }]);
    expect(partsSent(other.service)).toEqual([3]);
    expect(other.service.openUploads).toBe(0);
  });

  it('leaves the parts when it is interrupted, and says how to go on and how to clean up', async () => {
    const result = await breakOff();
    expect(result).toMatchObject({ exitCode: 130, stdout: '' });
    expect(result.stderr).toContain('the same command goes on from there, cmx uploads abort removes them');
    expect(result.stderr).toContain('try: cmx uploads ls lab:box/film.bin');
    expect(lab.service.openUploads).toBe(1);
  });

  it('sends only what is missing, and a whole object', async () => {
    await breakOff();
    const result = await lab.cli.ok('cp', ...RESUME, film, 'lab:box/film.bin', '--json');
    expect(result.json()).toMatchObject([{ outcome: 'copied', sizeInBytes: CONTENT.length }]);
    expect(partsSent(lab.service)).toEqual([3]);
    expect(lab.service.openUploads).toBe(0);
    await lab.cli.ok('get', 'lab:box/film.bin', '--to', join(lab.cli.home, 'back.bin'));
    expect(Buffer.compare(await readFile(join(lab.cli.home, 'back.bin')), CONTENT)).toBe(0);
  });

  it('sends again what has changed since', async () => {
    await breakOff();
    const changed = CONTENT.slice();
    changed[0] = 255 - (changed[0] ?? 0);
    await writeFile(film, changed);
    await lab.cli.ok('put', ...RESUME, film, 'lab:box/film.bin');
    expect(partsSent(lab.service)).toEqual([1, 3]);
  });

  it('keeps what was sent when the service fails, and says so of that object', async () => {
    await writeFile(join(lab.cli.home, 'film.bin'), CONTENT);
    lab.service.fail({ method: 'POST', key: 'a b.bin', status: 403, code: 'AccessDenied', times: 1 });
    const begun = await lab.cli.run(['cp', ...RESUME, film, 'lab:box/a b.bin', '--json', '--retries', '0']);
    expect(begun.exitCode).toBe(5);
    expect(begun.errors()[0]).toMatchObject({ error: { code: 'PermissionDenied', next: ['cmx connections test', 'cmx doctor', "cmx uploads ls 'lab:box/a b.bin'"] } });
    expect(begun.errors()[0]?.error).toMatchObject({ hint: expect.stringMatching(/not allowed.*\. Parts that were sent stay/) as unknown });
    const small = await lab.cli.files('small', { a: 'a' });
    lab.service.fail({ method: 'PUT', key: 'a', status: 403, code: 'AccessDenied' });
    expect((await lab.cli.run(['cp', ...RESUME, join(small, 'a'), 'lab:box/a', '--retries', '0'])).stderr).not.toContain('stay on the server');
  });

  it('goes on with a copy from another store', async () => {
    await breakOff();
    await lab.cli.ok('mb', 'local:box');
    await lab.cli.ok('cp', film, 'local:box/film.bin');
    await lab.cli.ok('cp', ...RESUME, 'local:box/film.bin', 'lab:box/');
    expect(partsSent(lab.service)).toEqual([3]);
  });

  it('leaves nothing without the flag', async () => {
    const result = await breakOff('lab:box/film.bin', ['--part-size', '5']);
    expect(result).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('if it was begun with --resume') as unknown });
    expect(lab.service.openUploads).toBe(0);
  });

  it.each([
    [['FILM', 'local:box/film.bin'], 'capabilities.resumableUploads is false'],
    [['-', 'local:box/film.bin'], 'capabilities.resumableUploads is false'],
    [['-r', 'HOME', 'local:box'], 'capabilities.resumableUploads is false'],
    [['lab:box/a', 'local:box/a'], 'capabilities.resumableUploads is false'],
    [['lab:box/a', 'lab:box/b'], 'inside one service'],
    [['FILM', 'HOME/copy.bin'], 'between two directories'],
    [['lab:box/a', '-'], 'standard output'],
  ])('is refused where it cannot be done, before any request: %j', async (argv, reason) => {
    const given = argv.map((argument) => argument.replace('FILM', film).replace('HOME', lab.cli.home));
    for (const more of [[], ['--dry-run']]) {
      const result = await lab.cli.run(['cp', ...RESUME, ...given, '--json', ...more]);
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.errors()[0]?.error).toMatchObject({ code: 'Unsupported', message: expect.stringContaining(reason) as unknown });
    }
    expect(lab.service.exchanges).toEqual([]);
  });
});

describe('get --resume', () => {
  let to: string;
  beforeEach(async () => {
    to = join(lab.cli.home, 'down/film.bin');
    await lab.cli.ok('cp', film, 'lab:box/film.bin');
    lab.service.exchanges.length = 0;
  });

  const get = (...more: string[]) => ['get', ...RESUME, 'lab:box/film.bin', '--to', to, ...more];
  const kept = (): Promise<string[]> => readdir(join(lab.cli.home, 'down'));
  const rangesAsked = (): string[] => lab.service.exchanges.flatMap(({ method, headers }) => (method === 'GET' ? (headers.get('range') ?? []) : []));

  /** Lets a download fail behind its first part. */
  async function breakOffDownload(...more: string[]) {
    lab.service.fail({ method: 'GET', key: 'film.bin', breakAfterBytes: PART_IN_BYTES + 1 });
    lab.service.fail({ method: 'GET', key: 'film.bin', status: 503, code: 'SlowDown', times: 2 });
    const result = await lab.cli.run(get('--retries', '0', ...more));
    lab.service.exchanges.length = 0;
    return result;
  }

  it('goes on where an earlier one stopped', async () => {
    const failed = await breakOffDownload('--json');
    expect(failed.exitCode).toBe(7);
    expect(failed.errors()[0]?.error).toMatchObject({ code: 'RateLimited', hint: expect.stringContaining('hidden file that ends in .resume') as unknown });
    expect(await kept()).toEqual([expect.stringMatching(/^\.film\.bin\..*\.resume$/)]);
    await lab.cli.ok(...get());
    expect(rangesAsked()[0]).toBe(`bytes=${String(PART_IN_BYTES)}-${String(2 * PART_IN_BYTES - 1)}`);
    expect(Buffer.compare(await readFile(to), CONTENT)).toBe(0);
    expect(await kept()).toEqual(['film.bin']);
  });

  it('begins anew when the object is another one meanwhile', async () => {
    await breakOffDownload();
    const changed = CONTENT.slice().reverse();
    await writeFile(film, changed);
    await lab.cli.ok('cp', film, 'lab:box/film.bin');
    await lab.cli.ok(...get());
    expect(Buffer.compare(await readFile(to), changed)).toBe(0);
    expect(await kept()).toEqual(['film.bin']);
  });

  it('keeps what has arrived when it is interrupted, and says how to go on', async () => {
    const controller = new AbortController();
    const { exchanges } = lab.service;
    exchanges.push = (exchange) => {
      if (exchange.headers.has('range')) controller.abort(new DOMException('Interrupted', 'AbortError'));
      return Array.prototype.push.call(exchanges, exchange);
    };
    expect(await lab.cli.run(get(), { abortSignal: controller.signal })).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('hidden file that ends in .resume') as unknown });
    expect(await kept()).toEqual([expect.stringMatching(/\.resume$/)]);
  });

  it('leaves nothing without the flag', async () => {
    lab.service.fail({ method: 'GET', key: 'film.bin', breakAfterBytes: PART_IN_BYTES + 1 });
    lab.service.fail({ method: 'GET', key: 'film.bin', status: 503, code: 'SlowDown', times: 2 });
    const failed = await lab.cli.run(['get', '--part-size', '5', 'lab:box/film.bin', '--to', to, '--retries', '0', '--json']);
    expect(failed.exitCode).toBe(7);
    expect(failed.stderr).not.toContain('.resume');
    expect(await kept()).toEqual([]);
  });
});

describe('uploads', () => {
  it('are listed, with what they hold, and a page at a time', async () => {
    for (const key of ['b/2.bin', 'a.bin', 'b/1.bin']) await breakOff(`lab:box/${key}`);
    const all = (await lab.cli.ok('uploads', 'ls', 'lab:box', '--sizes', '--json')).json<Record<string, unknown>[]>();
    expect(all.map(({ address }) => address)).toEqual(['lab:box/a.bin', 'lab:box/b/1.bin', 'lab:box/b/2.bin']);
    expect(all[0]).toEqual({ address: 'lab:box/a.bin', uploadId: expect.any(String) as unknown, startedAt: expect.any(String) as unknown, parts: 2, sizeInBytes: 2 * PART_IN_BYTES });
    expect((await lab.cli.ok('uploads', 'ls', 'lab:box/b', '-o', 'name')).stdout).toBe('lab:box/b/1.bin\nlab:box/b/2.bin\n');
    const { items, nextCursor } = (await lab.cli.ok('uploads', 'ls', 'lab:box', '--limit', '2', '-o', 'page')).json<{ items: unknown[]; nextCursor: string }>();
    expect(items).toHaveLength(2);
    expect((await lab.cli.ok('uploads', 'ls', 'lab:box', '--cursor', nextCursor, '-o', 'name')).stdout).toBe('lab:box/b/2.bin\n');
  });

  it('of one object are aborted', async () => {
    for (const key of ['a.bin', 'a.bin2']) await breakOff(`lab:box/${key}`);
    expect((await lab.cli.ok('uploads', 'abort', 'lab:box/a.bin', '-n', '-o', 'name')).stdout).toBe('lab:box/a.bin\n');
    expect(lab.service.openUploads).toBe(2);
    const [none] = (await lab.cli.ok('uploads', 'abort', 'lab:box/a.bin', '--upload-id', 'other', '--json')).json<unknown[]>();
    expect(none).toBeUndefined();
    expect((await lab.cli.ok('uploads', 'abort', 'lab:box/a.bin')).stderr).toMatch(/^1 aborted in /);
    expect((await lab.cli.ok('uploads', 'ls', 'lab:box', '-o', 'name')).stdout).toBe('lab:box/a.bin2\n');
    expect((await lab.cli.ok('uploads', 'abort', 'lab:box/a.bin')).stderr).toBe('nothing to do\n');
  });

  it('below a prefix are aborted after a question, the young ones only when they are meant', async () => {
    for (const key of ['b/2.bin', 'bb.bin']) await breakOff(`lab:box/${key}`);
    const asked = await lab.cli.run(['uploads', 'abort', '-r', 'lab:box/b']);
    expect(asked).toMatchObject({ exitCode: 10, stderr: expect.stringContaining('24 hours ago or earlier') as unknown });
    await lab.cli.ok('uploads', 'abort', '-r', 'lab:box/b', '--yes');
    expect(lab.service.openUploads).toBe(2);
    await lab.cli.ok('uploads', 'abort', '-r', 'lab:box/b', '--older-than', '0', '--yes');
    expect((await lab.cli.ok('uploads', 'ls', 'lab:box', '-o', 'name')).stdout).toBe('lab:box/bb.bin\n');
  });

  it('are told apart from what is none: a missing bucket, a path, a refusal, writes that are not allowed', async () => {
    expect((await lab.cli.run(['uploads', 'ls', 'lab:nope'])).exitCode).toBe(3);
    expect((await lab.cli.run(['uploads', 'ls', './x'])).exitCode).toBe(2);
    expect((await lab.cli.run(['uploads', 'abort', 'lab:box'])).exitCode).toBe(2);
    expect((await lab.cli.run(['uploads', 'abort', 'lab:box/a', '--read-only'])).exitCode).toBe(5);
    await breakOff('lab:box/a.bin');
    lab.service.fail({ method: 'DELETE', status: 403, code: 'AccessDenied' });
    const refused = await lab.cli.run(['uploads', 'abort', 'lab:box/a.bin']);
    expect(refused.exitCode).toBe(5);
    expect(refused.errors()).toMatchObject([{ error: { code: 'PermissionDenied' }, address: 'lab:box/a.bin' }]);
  });
});
