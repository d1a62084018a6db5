export type { CodaRateLimits, LimitClass } from '../api/rate-limits.ts';
export { CodaService, type CodaServiceExchange, type CodaServiceFault, type CodaServiceOptions } from './coda-service.ts';
export type { Listening } from '@cmx/http/testing';
export { startCodaService, type RunningCodaService, type StartCodaServiceOptions } from './start-coda-service.ts';
export type {
  CodaServiceColumn,
  CodaServiceColumnInput,
  CodaServiceDoc,
  CodaServiceExport,
  CodaServicePage,
  CodaServiceRow,
  CodaServiceTable,
  Json,
} from './state.ts';
