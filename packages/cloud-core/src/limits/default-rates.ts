import type { WindowLimit } from './rate-limiter.ts';

/**
 * How fast a provider's documentation lets one client ask, by class of call. Providers that are not here publish no fixed rate for
 * what we call (object stores scale with the load) and are slowed down by their own 429 and 503 alone.
 *
 * @see https://coda.io/developers/apis/v1#section/Using-the-API/Rate-Limiting
 * @see https://developer.infomaniak.com/getting-started
 */
export const DEFAULT_RATES = {
  coda: {
    read: { calls: 100, perMs: 6_000 },
    write: { calls: 10, perMs: 6_000 },
    // The reference says 5 in 10 s, the help centre 3; a document's content is what both mean.
    writeContent: { calls: 5, perMs: 10_000 },
    listDocs: { calls: 4, perMs: 6_000 },
    analytics: { calls: 100, perMs: 6_000 },
  },
  infomaniak: {
    newsletter: { calls: 60, perMs: 60_000 },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, WindowLimit>>>>;
