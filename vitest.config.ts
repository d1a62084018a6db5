import { defineConfig } from 'vitest/config';

/** One run over every package: `vitest run` here, or in a package for that package alone. */
export default defineConfig({
  test: { projects: ['packages/*', 'tools'] },
});
