/**
 * `npm test`: everything that has to hold before a change lands, each step on one line with its time.
 *
 * Ends with `N passed, N failed` (and `, N skipped`): every check counts as one, every test once for each Node it ran on.
 * Shows the output of a step only when it fails, and names each skipped test with its reason.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-test-'));
const newestNode = process.execPath;
const oldestNode = path.join(root, 'tools/oldest-node/node_modules/.bin/node');

/** Checks that run once per package, as Nx targets; the others in tools/checks/ look at the whole workspace. */
const perPackage = new Set(['api-report.mjs', 'packed-package.mjs']);

/** Runs a program and resolves to its exit code and everything it printed. */
function run(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ status: 1, output: String(error) }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** A step that passes or fails as a whole. */
async function check(program, args) {
  const { status, output } = await run(program, args);
  const ok = status === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], output };
}

const nx = (target) => ({
  name: target,
  run: () => check(newestNode, ['node_modules/nx/bin/nx.js', 'run-many', '-t', target, '--parallel=2', '--outputStyle=static']),
});

const houseRules = readdirSync(path.join(root, 'tools/checks'))
  .filter((file) => file.endsWith('.mjs') && !file.endsWith('.test.mjs') && !perPackage.has(file))
  .map((file) => ({ name: file.replace('.mjs', ''), run: () => check(newestNode, [`tools/checks/${file}`]) }));

/** All unit and contract tests on one Node; each test counts. A run that dies without a summary counts as one failure. */
const tests = (name, node) => ({
  name,
  async run() {
    const file = path.join(scratch, `${name}.json`);
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=./tools/summary-reporter.mjs'];
    const { status, output } = await run(node, args, { CMX_TEST_SUMMARY: file });
    const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
    if (status !== 0 && summary.failed === 0) summary.failed = 1;
    return { ...summary, output };
  },
});

const steps = [
  nx('build'),
  nx('lint'),
  nx('typecheck'),
  nx('api'),
  nx('size'),
  nx('test:package'),
  { name: 'unused code and dependencies', run: () => check(newestNode, ['node_modules/knip/bin/knip.js', '--no-progress']) },
  ...houseRules,
  tests('tests on Node 26', newestNode),
  tests('tests on Node 22', oldestNode),
];

function printStep(name, { passed, failed }, seconds) {
  const verdict = failed > 0 ? 'FAILED' : 'ok';
  const count = passed + failed > 1 ? `, ${passed + failed} tests` : '';
  console.log(`${name.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s  ${verdict}${count}`);
}

const total = { passed: 0, failed: 0, skipped: new Map() };
for (const step of steps) {
  const start = performance.now();
  const result = await step.run();
  printStep(step.name, result, (performance.now() - start) / 1000);
  if (result.failed > 0) console.log(`\n${result.output.trimEnd()}\n`);
  total.passed += result.passed;
  total.failed += result.failed;
  for (const { name, reason } of result.skipped) total.skipped.set(`${step.name}: ${name}`, reason);
}
rmSync(scratch, { recursive: true });

if (total.skipped.size > 0) {
  console.log('\nSkipped:');
  for (const [name, reason] of total.skipped) console.log(`  ${name}: ${reason || 'no reason given'}`);
}
const skipped = total.skipped.size > 0 ? `, ${total.skipped.size} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
