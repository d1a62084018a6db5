import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const kit = 'layer:kit';
const test = ['**/*.test.ts', '**/test/**/*.ts'];

/** Who may import whom: the table in docs/architecture.md, as Nx tags. */
const layers = (extra) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      enforceBuildableLibDependency: false,
      allowCircularSelfDependency: true,
      // One entry point of a package may be loaded lazily where another is imported at once.
      checkDynamicDependenciesExceptions: ['.*'],
      allow: ['^.*/tools/(tsup|vitest|size-at-start|live-deviations|operations-coverage/[\\w/-]+)(\\.ts)?$'],
      depConstraints: [
        { sourceTag: 'layer:core', onlyDependOnLibsWithTags: [] },
        { sourceTag: 'layer:protocol', onlyDependOnLibsWithTags: ['layer:core', 'layer:protocol', ...extra] },
        { sourceTag: 'layer:provider', onlyDependOnLibsWithTags: ['layer:core', 'layer:protocol', ...extra] },
        { sourceTag: 'layer:engine', onlyDependOnLibsWithTags: ['layer:core', ...extra] },
        { sourceTag: kit, onlyDependOnLibsWithTags: ['layer:core'] },
        { sourceTag: 'layer:meta', onlyDependOnLibsWithTags: ['layer:core', 'layer:protocol', 'layer:provider', 'layer:engine', 'layer:meta', ...extra] },
        { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:core', 'layer:protocol', 'layer:provider', 'layer:engine', 'layer:meta', ...extra] },
        { sourceTag: 'layer:tools', onlyDependOnLibsWithTags: [] },
      ],
    },
  ],
});

const plainSyntax = [
  { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
  { selector: 'TSEnumDeclaration', message: 'Use a const object or a union.' },
];
const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };

/** Vendor SDKs are heavy and optional: types may be named anywhere, code is loaded by `await import()` when it is needed. */
const lazyVendors = {
  group: ['@aws-sdk/*', '@smithy/*', '@google-cloud/*', '@azure/*', 'undici'],
  allowTypeImports: true,
  message: 'Load vendor code lazily, inside a function.',
};

/** Core runs anywhere, so it may not need Node to be loaded. */
const lazyNode = { group: ['node:*'], allowTypeImports: true, message: 'Core runs anywhere: load node modules lazily, inside a function.' };

const lazyImports = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/etc/**', '**/generated/**', '**/files/**', '.nx/**', 'tmp/**'] },
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...layers([]),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': ['error', ...plainSyntax],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: test,
    rules: { ...lazyImports(lazyVendors), 'no-restricted-syntax': ['error', ...plainSyntax, namedExports] },
  },
  { files: ['packages/cloud-core/src/**/*.ts'], ignores: test, rules: lazyImports(lazyVendors, lazyNode) },
  { files: test, rules: { ...layers([kit]), '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.base],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
);
