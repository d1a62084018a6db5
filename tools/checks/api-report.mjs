/**
 * Protects the public API: what a package exports is written down in `etc/*.api.md`, and a change of it fails the build
 * until the new report is committed, so that every reviewer reads it.
 *
 * `node tools/checks/api-report.mjs [--update]`, after a build: in a package for that one, at the root for all.
 */
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { selectedPackages } from './lib/workspace.mjs';

const update = process.argv.includes('--update');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-api-'));

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};

/** `{ name, types }` of every entry point that has declarations. */
function entryPoints({ folder, manifest }) {
  return Object.entries(manifest.exports)
    .filter(([, target]) => target.import?.types)
    .map(([subPath, target]) => ({
      name: [manifest.name.replace('@cmx/', ''), ...subPath.split('/').slice(1)].join('.'),
      types: path.join(folder, target.import.types),
    }));
}

/** Writes the report of one entry point into the scratch folder and returns its text. */
function report(folder, { name, types }) {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: path.join(folder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [types] } },
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
  const { errorCount } = Extractor.invoke(config, { localBuild: true, messageCallback: silenceAllButErrors });
  if (errorCount > 0) throw new Error(`The API report of ${name} could not be made.`);
  return readFileSync(path.join(scratch, `${name}.api.md`), 'utf8');
}

function silenceAllButErrors(message) {
  if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
}

/** What differs between the committed report and the fresh one, or an empty string. */
function difference(file, fresh) {
  if (existsSync(file) && readFileSync(file, 'utf8') === fresh) return '';
  const args = ['diff', '--no-index', '--', existsSync(file) ? file : os.devNull, path.join(scratch, path.basename(file))];
  return spawnSync('git', args, { encoding: 'utf8' }).stdout;
}

/** Reports of entry points that are no more. */
function leftOver(etc, names) {
  if (!existsSync(etc)) return [];
  return readdirSync(etc).filter((file) => !names.includes(file)).map((file) => path.join(etc, file));
}

/** Brings one package's `etc/` up to date, or says how it differs. */
function checkPackage({ folder, manifest }) {
  const etc = path.join(folder, 'etc');
  const entries = entryPoints({ folder, manifest });
  const differences = [];
  if (update) mkdirSync(etc, { recursive: true });
  for (const entry of entries) {
    const file = path.join(etc, `${entry.name}.api.md`);
    const fresh = report(folder, entry);
    if (update) writeFileSync(file, fresh);
    else differences.push(difference(file, fresh));
  }
  for (const file of leftOver(etc, entries.map(({ name }) => `${name}.api.md`))) {
    if (update) rmSync(file);
    else differences.push(`${file} belongs to no entry point.\n`);
  }
  return differences.join('');
}

const changed = [];
for (const item of selectedPackages()) {
  const differences = checkPackage(item);
  if (!differences) continue;
  changed.push(item.manifest.name);
  console.error(`The public API of ${item.manifest.name} is not the committed one:\n\n${differences}`);
}
rmSync(scratch, { recursive: true });

if (changed.length > 0) {
  console.error('If that is intended, accept it and commit etc/:');
  for (const name of changed) console.error(`  npm run api -w ${name} -- --update`);
  process.exitCode = 1;
}
