/**
 * Counts the operations of each API document that the tests exercise: `node tools/operations-coverage/coverage.ts [--json]`.
 * Runs those tests, then prints `{ document, total, exercised, missing[] }[]`. Ends with 1 when a test fails or an operation is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { documents } from './documents/index.ts';
import { COVERAGE_DIRECTORY } from './exchange-validator.ts';
import { loadDescription, type ApiDocument } from './load-description.ts';

interface Coverage {
  readonly document: string;
  readonly total: number;
  readonly exercised: number;
  readonly missing: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');

/** @returns Whether the tests passed. What they exercised is in the directory. */
function runTests(directory: string): boolean {
  const files = documents.flatMap(({ tests }) => tests).filter((file) => existsSync(path.join(root, file)));
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files], { cwd: root, env: { ...process.env, [COVERAGE_DIRECTORY]: directory }, stdio: ['ignore', 2, 2] });
  return status === 0;
}

function readExercised(directory: string, { name }: ApiDocument): Set<string> {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  const reports = files.map((file) => JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as { document: string; exercised: string[] });
  return new Set(reports.filter(({ document }) => document === name).flatMap(({ exercised }) => exercised));
}

function coverageOf(directory: string, document: ApiDocument): Coverage {
  const ids = loadDescription(document).operations.map(({ id }) => id);
  const exercised = readExercised(directory, document);
  const missing = ids.filter((id) => !exercised.has(id));
  return { document: document.name, total: ids.length, exercised: ids.length - missing.length, missing };
}

function toText(report: readonly Coverage[]): string {
  if (process.argv.includes('--json')) return JSON.stringify(report, null, 2);
  return report.map(({ document, total, exercised, missing }) => `${document}: ${String(exercised)} of ${String(total)}${missing.length > 0 ? `, missing ${missing.join(', ')}` : ''}`).join('\n');
}

const directory = mkdtempSync(path.join(tmpdir(), 'cmx-operations-'));
try {
  const passed = runTests(directory);
  const report = documents.map((document) => coverageOf(directory, document));
  process.stdout.write(`${toText(report)}\n`);
  process.exitCode = passed && report.every(({ missing }) => missing.length === 0) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}
