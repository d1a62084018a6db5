import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { expect, it } from 'vitest';

/** What is loaded later, if at all: the transport of the platform one is on, and what few programs need. */
const leaveLaterPartsOut: Plugin = {
  name: 'leave-later-parts-out',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
  },
};

it.each(['browser', 'node'] as const)('a client takes less than 30 KiB on its way to %s, everything below it included', async (platform) => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { S3CompatibleClient } from './index.ts'; console.log(S3CompatibleClient);",
      resolveDir: `${import.meta.dirname}/../src`,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    conditions: ['@cmx/source'],
    plugins: [leaveLaterPartsOut],
    write: false,
  });
  const { contents } = outputFiles[0] ?? { contents: new Uint8Array() };
  expect(contents.length).toBeGreaterThan(10_000);
  expect(gzipSync(contents).length).toBeLessThan(30 * 1024);
});
