export { ConformanceReporter, type ConformanceReporterOptions } from './conformance-reporter.ts';
export { renderConformanceTable } from './conformance-table.ts';
export { mergeObservationFile, readObservations } from './observation-file.ts';
export { mergeObservations, ObservationCollector, type CaseMeta, type CaseOutcome, type Observation, type ObservationResult } from './observations.ts';
