import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { mergeObservationFile } from './observation-file.ts';
import { ObservationCollector } from './observations.ts';
import type { CaseMeta } from './observations.ts';

/** How the reporter is made. */
export interface ConformanceReporterOptions {
  /** The JSON file to merge into. Default: the environment's `CMX_CONFORMANCE_OUT`; without either, nothing is written. */
  readonly outputFile?: string | undefined;
}

/**
 * A vitest reporter that writes what the contracts observed, one entry per behaviour, client and server, into a JSON file
 * that any number of runs share. Put it beside another reporter: it prints nothing.
 *
 * @see https://vitest.dev/guide/advanced/reporters
 */
export class ConformanceReporter implements Reporter {
  readonly #outputFile: string | undefined;

  constructor(options: ConformanceReporterOptions = {}) {
    this.#outputFile = options.outputFile;
  }

  async onTestRunEnd(testModules: readonly TestModule[]): Promise<void> {
    const outputFile = this.#outputFile ?? process.env.CMX_CONFORMANCE_OUT;
    if (!outputFile) return;
    const collector = new ObservationCollector();
    for (const testModule of testModules) {
      for (const testCase of testModule.children.allTests()) addCase(collector, testCase);
    }
    const observations = collector.observations();
    if (observations.length > 0) await mergeObservationFile(outputFile, observations);
  }
}

function addCase(collector: ObservationCollector, testCase: TestCase): void {
  const meta = (testCase.meta() as { cmx?: CaseMeta }).cmx;
  const { state, errors } = testCase.result();
  if (meta === undefined || state === 'skipped' || state === 'pending') return;
  collector.add({ sentence: testCase.name, passed: state === 'passed', meta, error: errors?.[0]?.message });
}
