/**
 * `npm test`: everything that has to hold before a change lands, each step on one line with its time.
 *
 * Ends with `N passed, N failed` (and `, N skipped`): every check counts as one, every test once for each Node it ran on.
 * Shows the output of a step only when it fails, and names each skipped test with its reason. Lint, types and reports run
 * over the whole workspace at once: one process that reads the sources once is many times quicker than one per package
 * (`nx run-many -t lint typecheck api` does the same package by package, cached).
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-test-'));
const newestNode = process.execPath;
const oldestNode = path.join(root, 'tools/oldest-node/node_modules/.bin/node');

/** Checks that look at what was built; the others in tools/checks/ read sources only. */
const onBuilds = new Map([
  ['api-report', 'API reports'],
  ['packed-package', 'packed packages'],
  ['sizes', 'sizes'],
  ['generated-provider', 'a generated provider'],
]);

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
const check = (name, ...args) => ({
  name,
  async run() {
    const { status, output } = await run(newestNode, args);
    return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: [], output };
  },
});

/** A target of every package, through Nx and its cache; of the output only the failed packages' is kept. */
const nx = (target) => ({
  name: target,
  async run() {
    const result = await check(target, 'node_modules/nx/dist/bin/nx.js', 'run-many', '-t', target, '--parallel=2', '--outputStyle=static').run();
    const blocks = result.output.split(/^> nx run (?=@cmx)/m);
    const failed = new Set(Array.from(blocks.at(-1).matchAll(/^- (@cmx\/\S+)$/gm), ([, task]) => task));
    const output = blocks.filter((block) => failed.has(block.split('\n', 1)[0].trim())).join('\n');
    return { ...result, output: output || result.output };
  },
});

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

const houseRules = readdirSync(path.join(root, 'tools/checks'))
  .filter((file) => file.endsWith('.mjs') && !file.endsWith('.test.mjs'))
  .map((file) => file.replace('.mjs', ''))
  .filter((name) => !onBuilds.has(name));

/** First the build, then two lanes side by side: one for the checks, one for the tests. */
const build = nx('build');
const checks = [
  check('typecheck', 'node_modules/typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.json'),
  check('lint and boundaries', 'node_modules/eslint/bin/eslint.js', '.'),
  ...Array.from(onBuilds, ([file, name]) => ({ ...check(name, `tools/checks/${file}.mjs`), needsBuild: true })),
  check('unused code, cycles', 'node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'),
  ...houseRules.map((name) => check(name, `tools/checks/${name}.mjs`)),
];
const vitest = [tests('tests on Node 26', newestNode), tests('tests on Node 22', oldestNode)];

const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = new Map();

function report(name, result, seconds) {
  const verdict = result.failed > 0 ? 'FAILED' : 'ok';
  const count = result.passed + result.failed > 1 ? `, ${result.passed + result.failed} tests` : '';
  console.log(`${name.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s  ${verdict}${count}`);
  if (result.failed > 0) console.log(`\n${result.output.trimEnd()}\n`);
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped.length;
  for (const { name: test, reason } of result.skipped) reasons.set(test, reason);
}

async function runStep(step) {
  const start = performance.now();
  const result = await step.run();
  report(step.name, result, (performance.now() - start) / 1000);
  return result.failed === 0;
}

async function runLane(steps, isBuilt) {
  for (const step of steps) {
    if (step.needsBuild && !isBuilt) report(step.name, { passed: 0, failed: 1, skipped: [], output: 'Not run: the build failed.' }, 0);
    else await runStep(step);
  }
}

const isBuilt = await runStep(build);
await Promise.all([runLane(checks, isBuilt), runLane(vitest, isBuilt)]);
rmSync(scratch, { recursive: true });

if (reasons.size > 0) console.log('\nSkipped:');
for (const [test, reason] of reasons) console.log(`  ${test}: ${reason || 'the comment above it says why'}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
