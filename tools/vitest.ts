import { defineConfig } from 'vitest/config';

/** The test configuration of every package: sources instead of builds, and one JSON report that the closing count reads. */
export default defineConfig({
  resolve: { conditions: ['@cmx/source'] },
  ssr: { resolve: { conditions: ['@cmx/source', 'node'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
