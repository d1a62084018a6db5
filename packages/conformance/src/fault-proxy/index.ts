export { startFaultProxy, type FaultProxy, type FaultProxyOptions, type SeenRequest } from './fault-proxy.ts';
export type { ExchangeOutcome } from './exchange.ts';
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
} from './faults.ts';
