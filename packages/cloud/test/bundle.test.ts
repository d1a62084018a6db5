import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** Bundles a line of code as a user's bundler would. */
async function bundle(code: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: ROOT, sourcefile: 'app.js' },
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['@cmx/source'],
    outdir: 'bundled',
    logLevel: 'silent',
  });
  return metafile;
}

/** The workspace packages and the dependencies whose code is in the part of the bundle that is loaded at once. */
function loadedAtOnce({ outputs }: Metafile): { packages: string[]; dependencies: string[]; bytes: number } {
  const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint?.endsWith('app.js'));
  if (entry === undefined) throw new Error('The bundle has no entry');
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement' && outputs[path]) visit(path);
  };
  visit(entry);
  const inputs = [...files].flatMap((file) => Object.entries(outputs[file]?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([input]) => input));
  const named = (pattern: RegExp): string[] => [...new Set(inputs.flatMap((input) => pattern.exec(input)?.[1] ?? []))].sort();
  const bytes = [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return { packages: named(/^packages\/([^/]+)\//), dependencies: named(/node_modules\/((?:@[^/]+\/)?[^/]+)\//), bytes };
}

describe('a bundle', () => {
  it('that takes one client holds one provider', async () => {
    const { packages, dependencies } = loadedAtOnce(await bundle(`import { LocalStorageClient } from '@cmx/cloud/local'; new LocalStorageClient({ root: '.' });`));
    expect(packages).toEqual(['cloud-core', 'local']);
    expect(dependencies).toEqual([]);
  });

  it.each([
    ['memory', 'MemoryStorageClient', ['cloud-core']],
    ['coda', 'CodaClient', ['cloud-core', 'coda', 'http']],
    ['infomaniak-newsletter', 'InfomaniakNewsletterClient', ['cloud-core', 'http', 'infomaniak-newsletter']],
    ['s3', 'S3CompatibleClient', ['cloud-core', 'http', 's3']],
  ])('that takes %s holds nothing of the others', async (subPath, client, expected) => {
    const { packages } = loadedAtOnce(await bundle(`import { ${client} } from '@cmx/cloud/${subPath}'; console.log(${client});`));
    expect(packages).toEqual(expected);
  });

  it('that opens storage by name loads no provider at once', async () => {
    const { packages, bytes } = loadedAtOnce(await bundle(`import { openStorage } from '@cmx/cloud'; openStorage(location.hash);`));
    expect(packages).toEqual(['cloud', 'cloud-core']);
    expect(bytes).toBeLessThan(64 * 1024);
  });
});
