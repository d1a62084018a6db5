/**
 * Makes the registry of `@cmx/cloud` from the workspace: which clients and kinds of connection there are (the `cmx` field of
 * each package.json), one sub-path per package, and the dependencies for them. `--check` changes nothing and exits with 1 when
 * the committed files are not what would be written.
 *
 * The field, in a provider's package.json (docs/contributing/connections.md):
 *   "cmx": {
 *     "provider": "acme",
 *     "clients": [{ "export": "AcmeClient", "service": "storage", "requires": ["acme-sdk"] }],
 *     "connections": [{ "type": "acme", "title": "Acme Cloud", "export": "acmeConnection" }]
 *   }
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const cloud = path.join(root, 'packages/cloud');
const generated = path.join(cloud, 'src/generated');
const SUB_PATH_LAYERS = new Set(['layer:protocol', 'layer:provider', 'layer:engine']);
const NOTE = '// Made by tools/generate-registry.mjs from the packages of the workspace. Do not edit.\n';

function readPackages() {
  const folders = readdirSync(path.join(root, 'packages')).sort();
  return folders
    .filter((folder) => existsSync(path.join(root, 'packages', folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(path.join(root, 'packages', folder, 'package.json'), 'utf8')) }));
}

/** Fails early and by name: a misspelt field would otherwise be a provider that is silently missing. */
function checkField(folder, { provider, clients = [], connections = [], ...unknown }) {
  const fail = (what) => {
    throw new Error(`packages/${folder}/package.json: "cmx" ${what}`);
  };
  if (typeof provider !== 'string') fail('needs "provider"');
  if (Object.keys(unknown).length > 0) fail(`has the unknown field "${Object.keys(unknown)[0]}"`);
  for (const client of clients) if (!client.export || !client.service) fail('has a client without "export" or "service"');
  for (const { type, title, export: name } of connections) {
    if (!/^[a-z][a-z0-9-]+$/.test(type ?? '')) fail(`has a connection of the type "${type}"; types are lower case, of two characters or more`);
    if (!title || !name) fail(`connection "${type}" needs "title" and "export"`);
  }
}

const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function registrySource(packages) {
  const described = packages.filter(({ manifest }) => manifest.cmx);
  for (const { folder, manifest } of described) checkField(folder, manifest.cmx);
  const clients = described.flatMap(({ manifest: { name, cmx } }) =>
    (cmx.clients ?? []).map(
      (client) =>
        `  { provider: ${quote(cmx.provider)}, service: ${quote(client.service)}, client: ${quote(client.export)}, packageName: ${quote(name)}, requires: [${(client.requires ?? []).map(quote).join(', ')}] },\n`,
    ),
  );
  const connections = described.flatMap(({ manifest: { name, cmx } }) =>
    (cmx.connections ?? []).map(
      ({ type, title, export: exported }) =>
        `  { type: ${quote(type)}, title: ${quote(title)}, packageName: ${quote(name)}, load: async () => (await import(${quote(name)})).${exported} },\n`,
    ),
  );
  return `${NOTE}import type { RegisteredClient, RegisteredConnectionType } from '../registry.ts';

export const CLIENTS: readonly RegisteredClient[] = [
${clients.join('')}];

/** Each is imported when a connection of its type is opened, and not before. */
export const CONNECTION_TYPES: readonly RegisteredConnectionType[] = [
${connections.join('')}];
`;
}

function cloudManifest(subPaths) {
  const file = path.join(cloud, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const entry = (source, built) => ({
    '@cmx/source': source,
    import: { types: `./dist/${built}.d.ts`, default: `./dist/${built}.js` },
    require: { types: `./dist/${built}.d.cts`, default: `./dist/${built}.cjs` },
  });
  manifest.exports = {
    '.': entry('./src/index.ts', 'index'),
    ...Object.fromEntries(subPaths.map(({ name }) => [`./${name}`, entry(`./src/generated/${name}.ts`, `generated/${name}`)])),
    './package.json': './package.json',
  };
  for (const { specifier, version } of subPaths) if (version) manifest.dependencies[specifier] ??= version;
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Every file this script writes, with its contents. */
function plannedFiles() {
  const packages = readPackages();
  const subPaths = packages
    .filter(({ manifest }) => manifest.nx?.tags?.some((tag) => SUB_PATH_LAYERS.has(tag)))
    .map(({ folder, manifest }) => ({ name: folder, specifier: manifest.name, version: manifest.version }));
  subPaths.push({ name: 'memory', specifier: '@cmx/cloud-core/memory' });
  subPaths.sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map([
    [path.join(generated, 'registry.ts'), registrySource(packages)],
    ...subPaths.map(({ name, specifier }) => [path.join(generated, `${name}.ts`), `${NOTE}export * from '${specifier}';\n`]),
    [path.join(cloud, 'package.json'), cloudManifest(subPaths)],
  ]);
}

function staleFiles(files) {
  const changed = [...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file);
  const gone = existsSync(generated) ? readdirSync(generated).map((name) => path.join(generated, name)).filter((file) => !files.has(file)) : [];
  return { changed, gone };
}

const files = plannedFiles();
const { changed, gone } = staleFiles(files);
const names = [...changed, ...gone].map((file) => path.relative(root, file));
if (process.argv.includes('--check')) {
  if (names.length > 0) console.error(`Stale: ${names.join(', ')}\nRun: node tools/generate-registry.mjs`);
  process.exitCode = names.length > 0 ? 1 : 0;
} else {
  mkdirSync(generated, { recursive: true });
  for (const file of changed) writeFileSync(file, files.get(file));
  for (const file of gone) rmSync(file);
  console.log(names.length > 0 ? `Wrote ${names.join(', ')}` : 'The registry is up to date');
}
