/**
 * Protects the meaning of a green run: no test is focused or merely announced, and every test that may be skipped says why,
 * by the reason it gives (`context.skip('reason')`) or in a comment on the line above.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { finish, root, trackedFiles } from './lib/workspace.mjs';

const focused = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|todo)\b/;
const conditional = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|skipIf|runIf)\b/;
const withoutReason = /\b(?:context|ctx|task)?\.?skip\(\s*\)/;

const problems = [];
for (const file of trackedFiles('*.ts', '*.mjs')) {
  if (!/\.test\.(ts|mjs)$|\/test\/|packages\/conformance\/src\//.test(file)) continue;
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    const place = `${file}:${index + 1}`;
    const isExplained = /^\s*(\/\/|\*)/.test(lines[index - 1] ?? '') || line.includes('//');
    if (focused.test(line)) problems.push(`${place} focuses or announces a test`);
    if (conditional.test(line) && !isExplained) problems.push(`${place} may skip tests without a comment that says why`);
    if (withoutReason.test(line)) problems.push(`${place} skips without a reason`);
  }
}
finish(problems);
