import type { ContractRun } from '../suite/behaviours.ts';
import type { StorageNeed } from './needs.ts';
import type { StorageSubject } from './subject.ts';

/** A run of the storage contract, as its topics see it. */
export type StorageRun = ContractRun<StorageSubject, StorageNeed>;
