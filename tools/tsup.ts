import { defineConfig } from 'tsup';

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
    // With it rollup makes the CommonJS chunks; without it they are compiled down to helpers for every `?.` and `??`.
    treeshake: true,
    removeNodeProtocol: false,
    silent: true,
  });
}
