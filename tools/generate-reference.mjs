/**
 * Makes what is derived from the operation catalogue: the commands of `cmx` as data, and docs/reference/cli.md. `--check` changes
 * nothing and exits with 1 when the committed files are not what would be written. Reads the sources, so no build is needed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

// The sources are found under an export condition that only a new process can be given, and read by the workspace's own Node.
if (!process.execArgv.includes('--conditions=@cmx/source')) {
  const node = path.join(root, 'node_modules/.bin/node');
  const { status } = spawnSync(node, ['--conditions=@cmx/source', ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const { CATALOGUE, RISK_CLASSES, describeOperation } = await import('../packages/operations/src/index.ts');
const { toCommandSpec } = await import('../packages/cli/src/commands/command-spec.ts');
const { GLOBAL_FLAGS } = await import('../packages/cli/src/commands/global-flags.ts');
const { EXIT_CODE_MEANINGS } = await import('../packages/cli/src/exit-codes.ts');

const commands = CATALOGUE.map((operation) => toCommandSpec(describeOperation(operation))).filter(Boolean);

function commandsSource() {
  const entries = commands.map((command) => `  ${JSON.stringify(command, null, 2).replaceAll('\n', '\n  ')},\n`).join('');
  return `// Made by tools/generate-reference.mjs from the operation catalogue. Do not edit.
import type { CommandSpec } from '../commands/command-spec.ts';

export const COMMANDS: readonly CommandSpec[] = [
${entries}];
`;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function usage({ command, arguments: args }) {
  const words = args.map(({ label, required, variadic }) => {
    const word = variadic ? `${label}...` : label;
    return required ? word : `[${word}]`;
  });
  return ['cmx', command, '[options]', ...words].join(' ');
}

function flagRow({ flag, short, kind, choices, description, default: standard }) {
  const value = kind === 'boolean' ? '' : ` ${choices ? choices.join('\\|') : kind === 'number' ? 'N' : 'TEXT'}`;
  const name = `${short ? `\`-${short}\`, ` : ''}\`${flag}\`${value}`;
  return `| ${name} | ${cell(description)}${standard === undefined ? '' : ` (default: ${cell(standard)})`} |`;
}

function commandSection(command) {
  const lines = [`## cmx ${command.command}`, '', `${command.summary}.`, ''];
  if (command.description) lines.push(command.description, '');
  lines.push('```', usage(command), '```', '', `Operation \`${command.operation}\`, risk class ${command.risk}.`, '');
  if (command.arguments.length > 0) {
    lines.push('| Argument | |', '| --- | --- |', ...command.arguments.map(({ label, description }) => `| \`${label}\` | ${cell(description)} |`), '');
  }
  if (command.flags.length > 0) lines.push('| Option | |', '| --- | --- |', ...command.flags.map(flagRow), '');
  for (const [line, explanation] of command.examples) lines.push(`- \`${line}\` — ${explanation}`);
  if (command.examples.length > 0) lines.push('');
  return lines.join('\n');
}

function referencePage() {
  const risks = Object.entries(RISK_CLASSES).map(([name, { meaning, trust, destructive }]) => `| ${name} | ${meaning} | ${trust} | ${destructive ? 'yes' : 'no'} |`);
  const exits = Object.entries(EXIT_CODE_MEANINGS).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return `<!-- Made by tools/generate-reference.mjs from the operation catalogue. Do not edit. -->
# The \`cmx\` command line

Addresses are \`connection:bucket/key\` (also \`connection://bucket/key\`), \`:bucket/key\` in the default connection, a path
(\`./x\`, \`/x\`, \`file:x\`; a relative path with a colon in it needs \`./\`), or \`-\` for standard input and output. Data goes to
standard output, everything else to standard error.

${commands.map(({ command, summary }) => `- [\`cmx ${command}\`](#cmx-${command.replaceAll(' ', '-')}): ${summary}`).join('\n')}
- \`cmx completion bash|zsh|fish|powershell\`: Print the script that makes the shell complete commands, flags and live addresses

${commands.map(commandSection).join('\n')}
## Global options

| Option | |
| --- | --- |
${GLOBAL_FLAGS.map(({ flags, description }) => `| \`${cell(flags)}\` | ${cell(description)} |`).join('\n')}

## Exit codes

| Code | Meaning |
| --- | --- |
${exits.join('\n')}

With \`--json\`, an error is one line on standard error:
\`{"error":{"code":"NotFound","message":"…","hint":"…","next":["cmx …"],"requestId":"…","retryable":false}}\`.
Objects that fail while others go on are reported there too, one such line each with \`source\` and \`target\`, or \`address\`.

## Risk classes

| Class | Meaning | Trust | Destructive |
| --- | --- | --- | --- |
${risks.join('\n')}
`;
}

const files = new Map([
  [path.join(root, 'packages/cli/src/generated/commands.ts'), commandsSource()],
  [path.join(root, 'docs/reference/cli.md'), referencePage()],
]);
const stale = [...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file);
const names = stale.map((file) => path.relative(root, file)).join(', ');
if (process.argv.includes('--check')) {
  if (stale.length > 0) console.error(`Stale: ${names}\nRun: node tools/generate-reference.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const file of stale) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, files.get(file));
  }
  console.log(stale.length > 0 ? `Wrote ${names}` : 'The reference is up to date');
}
