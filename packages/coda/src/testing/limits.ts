import { DEFAULT_RATES } from '@cmx/cloud-core';
import type { CodaRateLimits, LimitClass } from '../api/rate-limits.ts';

const CONTENT_WRITES: ReadonlySet<string> = new Set(['createPage', 'updatePage', 'deletePage', 'deletePageContent', 'upsertRows', 'updateRow', 'deleteRow', 'deleteRows', 'pushButton']);

/** The class whose limit an operation counts against. */
export function limitClassOf(operation: string, method: string): LimitClass {
  if (operation === 'listDocs') return 'listDocs';
  if (CONTENT_WRITES.has(operation)) return 'writeContent';
  if (/Analytics/.test(operation)) return 'analytics';
  return method === 'GET' ? 'read' : 'write';
}

/** Counts requests in sliding windows, as strict as a server can be. */
export class ServerLimits {
  readonly #limits: CodaRateLimits;
  readonly #starts = new Map<LimitClass, number[]>();

  constructor(limits: Partial<CodaRateLimits> = {}) {
    this.#limits = { ...DEFAULT_RATES.coda, ...limits };
  }

  /** Whether a request may pass now; one that may not is not counted. */
  allows(limitClass: LimitClass, now: number): boolean {
    const { calls, perMs } = this.#limits[limitClass];
    const recent = (this.#starts.get(limitClass) ?? []).filter((start) => start > now - perMs);
    const isAllowed = recent.length < calls;
    this.#starts.set(limitClass, isAllowed ? [...recent, now] : recent);
    return isAllowed;
  }
}
