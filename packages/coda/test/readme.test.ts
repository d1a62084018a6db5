import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { socketTransport, type Transport } from '@cmx/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as coda from '../src/index.ts';
import { problemsOf, seed } from './harness.ts';
import { VirtualClock } from './virtual-clock.ts';
import * as testing from '../src/testing/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```ts( continued)?\n(.*?)^```/gms)].reduce<string[]>((all, [, continued, code = '']) => (continued ? [...all.slice(0, -1), `${all.at(-1) ?? ''}\n${code}`] : [...all, code]), []);

type Body = (load: (module: string) => unknown, process: unknown, console: unknown) => Promise<void>;
const AsyncFunction = (async () => undefined).constructor as new (...args: string[]) => Body;

const clock = new VirtualClock();
let running: testing.RunningCodaService;
let transport: Transport;
const directory = mkdtempSync(path.join(tmpdir(), 'cmx-readme-'));

beforeAll(async () => {
  running = await testing.startCodaService({ clock });
  const { service } = running;
  transport = socketTransport();
  const { docId } = seed(service);
  service.docs.get(docId)?.pages.set('canvas-notes', { id: 'canvas-notes', name: 'Notes', contentType: 'canvas', isHidden: false, lines: [{ id: 'cl-1', text: '# Notes' }], isDeleted: false });
});

afterAll(async () => {
  await transport.close();
  await running.close();
  rmSync(directory, { recursive: true });
});

/** The client of the examples, talking to the served service. */
function example(): typeof coda.CodaClient {
  return class extends coda.CodaClient {
    static override fromEnv(): coda.CodaClient {
      return coda.CodaClient.fromEnv({ transport, clock }, { CODA_API_TOKEN: running.clientOptions.token, CODA_BASE_URL: running.clientOptions.baseUrl });
    }
  };
}

function load(module: string): unknown {
  if (module === '@cmx/coda/testing') return testing;
  if (module === '@cmx/coda') return { ...coda, CodaClient: example() };
  const inDirectory = (name: string): string => path.join(directory, name);
  if (module === 'node:fs') return { createReadStream: (name: string) => createReadStream(inDirectory(name)) };
  return { writeFile: (name: string, data: AsyncIterable<string>) => writeFile(inDirectory(name), data) };
}

describe('the examples of the README run against the service over HTTP', () => {
  it.each(blocks.map((code, place) => [place + 1, code] as const))('example %i', async (_place, code) => {
    const body = code.replace(/^import (\{[^}]*\}) from ('[^']*');$/gm, 'const $1 = load($2);');
    const printed: unknown[] = [];
    await new AsyncFunction('load', 'process', 'console', body)(load, { stdout: { write: (chunk: unknown) => printed.push(chunk) } }, { log: (...values: unknown[]) => printed.push(values) });
    expect(problemsOf(running.service)).toEqual([]);
    expect(printed.length).toBeGreaterThan(0);
  });
});
