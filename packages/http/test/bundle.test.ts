import { join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { expect, it } from 'vitest';

/** Bundles a program of one line as a user would: a single file. */
async function bundle(program: string, platform: 'browser' | 'node'): Promise<{ inputs: string[]; sizeInBytes: number }> {
  const { metafile, outputFiles } = await build({ ...optionsFor(program, platform), metafile: true });
  return { inputs: Object.values(metafile.outputs).flatMap(used), sizeInBytes: outputFiles[0]?.contents.byteLength ?? 0 };
}

/** The modules that are loaded when a split bundle of the program starts. */
async function bundleEntry(program: string): Promise<string[]> {
  const { metafile } = await build({ ...optionsFor(program, 'node'), splitting: true, outdir: 'out', metafile: true });
  const atStart = (path: string): string[] => {
    const output = metafile.outputs[path];
    const chunks = output?.imports.filter(({ kind, external }) => kind === 'import-statement' && !external) ?? [];
    return output ? [...used(output), ...chunks.flatMap((chunk) => atStart(chunk.path))] : [];
  };
  return atStart(Object.keys(metafile.outputs).find((path) => path.endsWith('stdin.js')) ?? '');
}

function optionsFor(program: string, platform: 'browser' | 'node') {
  return {
    absWorkingDir: join(import.meta.dirname, '..'),
    stdin: { contents: program, resolveDir: join(import.meta.dirname, '..', 'src'), loader: 'ts' },
    bundle: true,
    minify: true,
    platform,
    format: 'esm',
    conditions: ['@cmx/source'],
    external: ['@opentelemetry/api'],
    write: false,
  } satisfies BuildOptions;
}

function used({ inputs }: Metafile['outputs'][string]): string[] {
  return Object.keys(inputs);
}

const CLIENT_ON_FETCH = "import { HttpClient, fetchTransport } from './index.ts'; console.log(new HttpClient({ provider: 'x', baseUrl: location.href, transport: fetchTransport() }));";

it.each([
  ['browser', 33_000],
  ['node', 49_000],
] as const)('a client on fetch brings no undici along, and to a browser no sockets (%s)', async (platform, bound) => {
  const { inputs, sizeInBytes } = await bundle(CLIENT_ON_FETCH, platform);
  expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(inputs.some((path) => path.endsWith('/socket-transport.ts'))).toBe(platform === 'node');
  expect(sizeInBytes).toBeLessThan(bound);
});

it('the entry of a split bundle holds no transport', async () => {
  const inputs = await bundleEntry("import { HttpClient } from './index.ts'; console.log(new HttpClient({ provider: 'x', baseUrl: 'https://example.com' }));");
  expect(inputs).toContain('src/http-client.ts');
  expect(inputs.filter((path) => /(exchange|connector|(http|undici|fetch)-transport|streamed-body)\.ts$/.test(path))).toEqual([]);
});

it('undici is in a bundle for Node that asks for it, and in none for a browser', async () => {
  const program = "import { undiciTransport } from './index.ts'; console.log(undiciTransport());";
  const isUndici = (path: string): boolean => path.includes('node_modules/undici/') && !path.startsWith('(disabled)');
  expect((await bundle(program, 'node')).inputs.some(isUndici)).toBe(true);
  expect((await bundle(program, 'browser')).inputs.some(isUndici)).toBe(false);
});
