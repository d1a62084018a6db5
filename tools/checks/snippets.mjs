/**
 * Protects whoever copies from the documentation: every ```ts block in a README and in docs/ compiles against the sources.
 *
 * Each block is a module of its own; one opened with ```ts continued goes on where the block before it stopped.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { finish, root, trackedFiles } from './lib/workspace.mjs';

/** Blocks of one Markdown file as `{ code, line }`; lines count from zero, and are the same in code and document. */
function snippets(text) {
  const found = [];
  for (const match of text.matchAll(/^```ts( continued)?[ \t]*\n(.*?)^```/gms)) {
    const line = text.slice(0, match.index).split('\n').length;
    const last = match[1] ? found.pop() : { code: '', lines: 0 };
    const padding = '\n'.repeat(line - last.lines);
    const code = last.code + padding + match[2];
    found.push({ code, lines: code.split('\n').length - 1 });
  }
  return found;
}

const modules = new Map();
for (const file of trackedFiles('README.md', 'CONTRIBUTING.md', 'packages/*/README.md', 'docs/*.md')) {
  for (const [index, { code }] of snippets(readFileSync(path.join(root, file), 'utf8')).entries()) {
    modules.set(path.join(root, `${file}.${index}.ts`), { file, code: `${code}\nexport {};\n` });
  }
}

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false });

/** The usual host, which also knows the snippets as if they were files beside their documents. */
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (name) => modules.has(name) || fileExists(name);
host.readFile = (name) => modules.get(name)?.code ?? readFile(name);
host.getSourceFile = (name, ...rest) =>
  modules.has(name) ? ts.createSourceFile(name, modules.get(name).code, rest[0]) : getSourceFile(name, ...rest);

const program = ts.createProgram([...modules.keys()], options, host);
const problems = [];
for (const [name, { file }] of modules) {
  const source = program.getSourceFile(name);
  for (const { start = 0, messageText } of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const { line } = source.getLineAndCharacterOfPosition(start);
    problems.push(`${file}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  }
}
finish(problems);
