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
      allow: ['^.*/tools/(tsup|vitest)(\\.ts)?$'],
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

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/etc/**', '**/generated/**', '.nx/**'] },
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
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        { selector: 'TSEnumDeclaration', message: 'Use a const object or a union.' },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: test, rules: { ...layers([kit]), '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' } },
  { files: ['packages/cloud-core/src/**/*.ts'], ignores: test, rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'Core runs anywhere: load node modules lazily, inside a function.' }] }] } },
);
