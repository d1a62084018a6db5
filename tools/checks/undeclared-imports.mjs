/**
 * Protects whoever installs one package: its sources import nothing that its own package.json does not declare. In the
 * workspace such an import would work, because the development tools of the root are in reach.
 */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { finish, publishedPackages, root, trackedFiles } from './lib/workspace.mjs';

/** `@scope/name/sub/path` and `name/sub/path` without the sub-path. */
const packageName = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Packages a source imports: static, dynamic or for types alone. */
function imports(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'));
  const specifiers = importedFiles.map(({ fileName }) => fileName);
  return specifiers.filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier)).map(packageName);
}

const problems = [];
for (const { folder, manifest } of publishedPackages()) {
  const { name, dependencies, peerDependencies, optionalDependencies } = manifest;
  const declared = new Set([name, ...Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })]);
  for (const file of trackedFiles(`${path.relative(root, folder)}/src/*.ts`)) {
    if (file.endsWith('.test.ts')) continue;
    for (const imported of imports(file)) if (!declared.has(imported)) problems.push(`${file} imports ${imported}, which ${name} does not declare`);
  }
}
finish(problems);
