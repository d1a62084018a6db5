import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, it } from 'vitest';

/** Bundles a program of one line as a user would: a single file, without splitting. */
async function bundle(program: string, platform: 'browser' | 'node'): Promise<{ inputs: string[]; sizeInBytes: number }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(import.meta.dirname, '..', 'src'), loader: 'ts' },
    bundle: true,
    minify: true,
    platform,
    format: 'esm',
    conditions: ['@cmx/source'],
    external: ['@opentelemetry/api'],
    write: false,
    metafile: true,
  });
  return { inputs: used(metafile), sizeInBytes: outputFiles[0]?.contents.byteLength ?? 0 };
}

function used({ outputs }: Metafile): string[] {
  return Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

const CLIENT_ON_FETCH = "import { HttpClient, fetchTransport } from './index.ts'; console.log(new HttpClient({ provider: 'x', baseUrl: location.href, transport: fetchTransport() }));";

it.each(['browser', 'node'] as const)('a client on fetch brings no undici along (%s)', async (platform) => {
  const { inputs, sizeInBytes } = await bundle(CLIENT_ON_FETCH, platform);
  expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(sizeInBytes).toBeLessThan(40 * 1024);
});

it('undici is in a bundle for Node that asks for it, and in none for a browser', async () => {
  const program = "import { undiciTransport } from './index.ts'; console.log(undiciTransport());";
  const isUndici = (path: string): boolean => path.includes('node_modules/undici/') && !path.startsWith('(disabled)');
  expect((await bundle(program, 'node')).inputs.some(isUndici)).toBe(true);
  expect((await bundle(program, 'browser')).inputs.some(isUndici)).toBe(false);
});
