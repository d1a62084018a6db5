export { createFakeClock, createSkippingClock, type FakeClock, type SkippingClock } from './clock.ts';
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
export type { NativeRead, StorageContractOptions, StorageHarness, WireClientOptions, WireHarness } from './storage/harness.ts';
export { describeStorageContract } from './storage/storage-contract.ts';
export { S3_WIRE, type RequestPattern, type StorageRequestKind, type StorageWire } from './storage/wire.ts';
