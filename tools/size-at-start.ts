import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

/** What is loaded later, if at all: the transport of the platform one is on, and what few programs need. */
const leaveLaterPartsOut: Plugin = {
  name: 'leave-later-parts-out',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
  },
};

/**
 * Bytes, minified and compressed, of what a program loads when it starts: what it imports and everything below that.
 *
 * @param program - TypeScript whose relative imports begin in `folder`.
 */
export function sizeAtStart(program: string, folder: string, platform: 'browser' | 'node'): Promise<number> {
  return sizeOf(program, folder, platform, [leaveLaterPartsOut]);
}

/** Bytes, minified and compressed, of a program in one file, with everything that it may ever load but undici. */
export function sizeInOneFile(program: string, folder: string, platform: 'browser' | 'node'): Promise<number> {
  return sizeOf(program, folder, platform);
}

async function sizeOf(program: string, folder: string, platform: 'browser' | 'node', plugins: Plugin[] = []): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    conditions: ['@cmx/source'],
    external: ['undici'],
    plugins,
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
}
