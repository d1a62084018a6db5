import { defineConfig } from 'vitest/config';
import { ConformanceReporter } from '../packages/conformance/src/report/conformance-reporter.ts';

/** The test configuration of every package: sources instead of builds, and one JSON report that the closing count reads. */
export default defineConfig({
  resolve: { conditions: ['@cmx/source'] },
  ssr: { resolve: { conditions: ['@cmx/source', 'node'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
    // Set to a file, it collects what the contract suites observe: docs/conformance.json is made so.
    ...(process.env['CMX_CONFORMANCE_OUT'] && { reporters: ['default', new ConformanceReporter()] }),
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
