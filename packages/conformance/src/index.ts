export { createFakeClock, createSkippingClock, type FakeClock, type SkippingClock } from './clock.ts';
export { describeComputeContract, type ComputeContractOptions, type ComputeHarness } from './compute/compute-contract.ts';
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
export { describeServerlessContract, type ServerlessContractOptions, type ServerlessHarness } from './serverless/serverless-contract.ts';
export type { NativeRead, StorageContractOptions, StorageHarness, WireClientOptions, WireHarness } from './storage/harness.ts';
export { describeStorageContract } from './storage/storage-contract.ts';
export { S3_WIRE, type RequestPattern, type StorageRequestKind, type StorageWire } from './storage/wire.ts';
export type { ContractOptions } from './suite/contract-options.ts';
