/**
 * Compares cmx with its peers: `npm run bench -- [SUITE...] [--json] [--runs N] [--only WORKLOAD]`.
 *
 * Every client runs in a process of its own, the clients take turns, medians count. With `--json` stdout holds one JSON array
 * and nothing else; without it a table with ratios to each workload's reference. Progress goes to stderr.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runInTurns } from './lib/turns.mjs';
import { printTable } from './lib/table.mjs';

const suitesDirectory = path.join(import.meta.dirname, 'suites');
const known = readdirSync(suitesDirectory).map((file) => path.basename(file, '.mjs'));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
});

const unknown = positionals.filter((name) => !known.includes(name));
if (values.help || unknown.length > 0 || (values.runs !== undefined && !/^[1-9]\d*$/.test(values.runs))) {
  if (unknown.length > 0) console.error(`There is no suite ${unknown.join(', ')}.`);
  console.error(`Usage: npm run bench -- [${known.join('|')}]... [--json] [--runs N] [--only WORKLOAD]`);
  process.exit(values.help ? 0 : 2);
}

const rows = [];
for (const name of positionals.length > 0 ? positionals : known) {
  const { default: suite } = await import(path.join(suitesDirectory, `${name}.mjs`));
  rows.push(...(await runInTurns(suite, { runs: values.runs ? Number(values.runs) : undefined, only: values.only })));
}
if (values.json) process.stdout.write(`${JSON.stringify(rows.map(({ reference: _reference, ...row }) => row), null, 2)}\n`);
else printTable(rows);
if (rows.some((row) => row.opsPerSecond === 0)) process.exitCode = 1;
