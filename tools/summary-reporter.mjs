/**
 * A Vitest reporter that writes what the closing count of tools/test.mjs needs, and Vitest's own JSON leaves out: the
 * reason a test gave for being skipped (`context.skip('reason')`).
 *
 * Writes `{ passed, failed, skipped: [{ name, reason }] }` to the file named by CMX_TEST_SUMMARY.
 */
import { writeFileSync } from 'node:fs';

export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const summary = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      if (module.errors().length > 0) summary.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'skipped') {
          summary.skipped.push({ name: `${test.project.name}: ${test.fullName}`, reason: result.note ?? '' });
        } else {
          summary[result.state === 'passed' ? 'passed' : 'failed'] += 1;
        }
      }
      for (const suite of module.children.allSuites()) summary.failed += suite.errors().length;
    }
    writeFileSync(process.env.CMX_TEST_SUMMARY, JSON.stringify(summary));
  }
}
