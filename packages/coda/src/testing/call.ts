import type { Json } from './state.ts';
import type { CodaStore } from './store.ts';

/** One request on its way to its answer. */
export interface Call {
  readonly store: CodaStore;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly bodySizeInBytes: number;
  readonly now: number;
  /** Where exports are downloaded. */
  readonly downloadOrigin: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}
