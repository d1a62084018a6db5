export { startFaultProxy, type FaultProxy, type FaultProxyOptions, type SeenRequest } from './fault-proxy/fault-proxy.ts';
export type { ExchangeOutcome } from './fault-proxy/exchange.ts';
export type {
  AnswerFault,
  AuthFault,
  BodyFault,
  ConnectionFault,
  CutBy,
  Fault,
  FaultKind,
  FaultRule,
  HeaderFault,
  MadeUpAnswer,
  RetryAfter,
} from './fault-proxy/faults.ts';
export { createPrng, type Prng } from './prng.ts';
