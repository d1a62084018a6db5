/**
 * Protects the public API: what a package exports is written down in `etc/*.api.md`, and a change of it fails the build
 * until the new report is committed, so that every reviewer reads it.
 *
 * Run in a package that is built: `node ../../tools/checks/api-report.mjs [--update]`.
 */
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const packageFolder = process.cwd();
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const shortName = manifest.name.replace('@cmx/', '');
const update = process.argv.includes('--update');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-api-'));

/** `{ name, types }` of every entry point that has declarations. */
function entryPoints() {
  return Object.entries(manifest.exports)
    .filter(([, target]) => target.import?.types)
    .map(([subPath, target]) => ({
      name: [shortName, ...subPath.split('/').slice(1)].join('.'),
      types: path.resolve(target.import.types),
    }));
}

/** Writes the report of one entry point into the scratch folder and returns its text. */
function report({ name, types }) {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: path.resolve('package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: types,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
            module: 'esnext',
            moduleResolution: 'bundler',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          files: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: scratch,
        reportTempFolder: path.join(scratch, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  if (errorCount > 0) throw new Error(`The API report of ${name} could not be made.`);
  return readFileSync(path.join(scratch, `${name}.api.md`), 'utf8');
}

/** Compares a fresh report with the committed one; prints the difference. */
function isCommitted(file, fresh) {
  if (existsSync(file) && readFileSync(file, 'utf8') === fresh) return true;
  const freshFile = path.join(scratch, path.basename(file));
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--', existsSync(file) ? file : os.devNull, freshFile]);
  console.error(`The public API of ${manifest.name} differs from ${file}:\n\n${stdout}`);
  return false;
}

const fresh = new Map();
let differs = false;
for (const entry of entryPoints()) fresh.set(`etc/${entry.name}.api.md`, report(entry));

mkdirSync('etc', { recursive: true });
for (const [file, text] of fresh) {
  if (update) writeFileSync(file, text);
  else if (!isCommitted(file, text)) differs = true;
}
for (const file of readdirSync('etc').map((name) => `etc/${name}`)) {
  if (fresh.has(file)) continue;
  if (update) rmSync(file);
  else console.error(`${file} belongs to no entry point of ${manifest.name}.`);
  differs ||= !update;
}
rmSync(scratch, { recursive: true });

if (differs) {
  console.error(`If that is intended: npm run api -w ${manifest.name} -- --update, then commit etc/.`);
  process.exitCode = 1;
}
