import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineConfig, type Options } from 'tsup';

type Plugin = NonNullable<Options['plugins']>[number];

/** CommonJS maps name their own file by its absolute path; a published file names nothing of the machine that built it. */
const relativeMaps: Plugin = {
  name: 'relative-maps',
  async buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.cjs.map'))) {
      const map = JSON.parse(await readFile(name, 'utf8')) as { file: string; sources: string[] };
      map.file = path.basename(map.file);
      map.sources = map.sources.map((source) => (path.isAbsolute(source) ? path.basename(source) : source));
      await writeFile(name, JSON.stringify(map));
    }
  },
};

/** The build of every library package: ESM, CommonJS, declarations for both, and source maps. */
export function library(entry: string[]) {
  return defineConfig({
    entry: Object.fromEntries(entry.map((file) => [file.replace(/^src\//, '').replace(/\.ts$/, ''), file])),
    format: ['esm', 'cjs'],
    target: 'es2023',
    platform: 'neutral',
    external: [/^node:/],
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: false,
    removeNodeProtocol: false,
    silent: true,
    plugins: [relativeMaps],
  });
}
