export { formatAddress, parseAddress, type LocalLocation, type Location, type RemoteLocation, type StandardLocation } from './addresses.ts';
export { CATALOGUE, findOperation } from './catalogue.ts';
export { describeOperation, type JsonSchema, type OperationDescription } from './describe.ts';
export { errorReportSchema, toErrorReport, type ErrorReport } from './error-report.ts';
export { parseGlob, type Glob } from './globs.ts';
export {
  createOperationContext,
  type OperationContext,
  type OperationContextOptions,
  type StandardStreams,
} from './operation-context.ts';
export {
  defineOperation,
  type BytesOperation,
  type CliArgument,
  type CliBinding,
  type ItemsOperation,
  type Operation,
  type OperationResult,
  type ResultItems,
  type Questions,
  type ValueOperation,
} from './operation.ts';
export { adviceOnKept, type KeptAdvice } from './storage/kept-advice.ts';
export { RISK_CLASSES, type RiskClass, type RiskProperties } from './risk.ts';
