import type { ChecksumAlgorithm, PresignMethod, StorageCapabilities, StorageFeature } from '@cmx/cloud-core';
import type { StorageContractOptions } from './harness.ts';
import type { StorageRequestKind } from './wire.ts';

/** What a case may need besides a plain capability. */
export type StorageNeed =
  | StorageFeature
  | 'wire'
  | 'renewal'
  | 'nativeRead'
  | 'anotherClient'
  | 'delimiter'
  | 'anyDelimiter'
  | 'checksums'
  | 'strongConsistency'
  | 'orderedLists'
  | 'partMinimum'
  | 'tinyParts'
  | 'clockSkewAnswer'
  | 'errorInSuccess'
  | 'passingConflicts'
  | 'wrongRegion'
  | 'smallCopies'
  | 'ownMemory'
  | `checksum:${ChecksumAlgorithm}`
  | `presign${PresignMethod}`
  | `wire:${StorageRequestKind}`;

/** Whether the client, or the harness, has what a case needs. */
export function supports(options: StorageContractOptions, need: StorageNeed): boolean {
  const { capabilities, wire } = options;
  if (need.startsWith('wire:')) return wire?.requests[need.slice('wire:'.length) as StorageRequestKind] !== undefined;
  if (need.startsWith('checksum:')) return capabilities.checksums.includes(need.slice('checksum:'.length) as ChecksumAlgorithm);
  if (need.startsWith('presign') && need !== 'presignedPost') return capabilities.presignedUrls.includes(need.slice('presign'.length) as PresignMethod);
  const special = SPECIAL[need as keyof typeof SPECIAL];
  return special ? special(options) : capabilities[need as StorageFeature];
}

const SPECIAL = {
  wire: ({ wire, capabilities }: StorageContractOptions) => wire !== undefined && capabilities.facts.wire === 'http',
  renewal: ({ wire, renewal = wire !== undefined }: StorageContractOptions) => renewal,
  nativeRead: ({ nativeRead }: StorageContractOptions) => nativeRead !== undefined,
  anotherClient: ({ wire, capabilities }: StorageContractOptions) => wire !== undefined || capabilities.facts.wire === 'none',
  delimiter: ({ capabilities }: StorageContractOptions) => capabilities.delimiter !== false,
  anyDelimiter: ({ capabilities }: StorageContractOptions) => capabilities.delimiter === 'any',
  checksums: ({ capabilities }: StorageContractOptions) => capabilities.checksums.length > 0,
  smallCopies: ({ capabilities }: StorageContractOptions) => capabilities.limits.maxSingleCopyBytes <= 64 * 1024 * 1024,
  strongConsistency: ({ capabilities }: StorageContractOptions) => capabilities.facts.consistency === 'strong',
  orderedLists: ({ capabilities }: StorageContractOptions) => capabilities.facts.listOrder === 'utf8',
  partMinimum: ({ capabilities }: StorageContractOptions) => capabilities.limits.minPartBytes > 1,
  tinyParts: ({ capabilities }: StorageContractOptions) => capabilities.limits.minPartBytes <= 1 && capabilities.limits.maxParts > 1000,
  clockSkewAnswer: ({ wire }: StorageContractOptions) => wire?.answers.clockSkew !== undefined,
  passingConflicts: ({ wire }: StorageContractOptions) => wire?.answers.passingConflicts !== undefined,
  wrongRegion: ({ wire }: StorageContractOptions) => wire?.answers.wrongRegion !== undefined,
  ownMemory: ({ ownMemory = false }: StorageContractOptions) => ownMemory,
  errorInSuccess: ({ wire }: StorageContractOptions) => wire?.answers.errorInSuccess !== undefined,
} as const;

/** Everything a client claims that a case can show. */
export function claimedNeeds(capabilities: StorageCapabilities): StorageNeed[] {
  const { presignedUrls, checksums, delimiter } = capabilities;
  return [
    ...featuresWhere(capabilities, true),
    ...presignedUrls.map((method) => `presign${method}` as const),
    ...checksums.map((algorithm) => `checksum:${algorithm}` as const),
    ...(delimiter === false ? [] : (['delimiter'] as const)),
    ...(delimiter === 'any' ? (['anyDelimiter'] as const) : []),
  ];
}

/** The capabilities, of those that are yes or no, that a client disclaims. */
export function disclaimedFeatures(capabilities: StorageCapabilities): StorageFeature[] {
  return featuresWhere(capabilities, false);
}

function featuresWhere(capabilities: StorageCapabilities, value: boolean): StorageFeature[] {
  return (Object.keys(capabilities) as (keyof StorageCapabilities)[]).filter((name): name is StorageFeature => capabilities[name] === value);
}
