import { CloudError } from './errors/cloud-error.ts';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; hand it to `byPage` to go on behind this page, in another process if you like. Absent on the last page. */
  readonly nextPageToken?: string | undefined;
}

/** Where to begin and how much to ask for at once. */
export interface PageRequest {
  /** A `nextPageToken` of an earlier page of the same list. */
  pageToken?: string | undefined;
  /** Upper bound of a page's length. Default and maximum: the service's own. */
  maxPageSize?: number | undefined;
}

/** A list that is fetched while it is iterated. Iterating again starts again; leaving early stops the requests. */
export interface Paged<T> extends AsyncIterable<T> {
  /** The same list a page at a time. */
  byPage(request?: PageRequest): AsyncIterable<Page<T>>;
}

/**
 * Turns one "fetch this page" function into both kinds of iteration. An empty page with a token is followed;
 * a token that repeats ends the list with an error rather than a loop.
 */
export function paged<T>(fetchPage: (request: PageRequest) => Promise<Page<T>>): Paged<T> {
  async function* byPage({ pageToken, maxPageSize }: PageRequest = {}): AsyncGenerator<Page<T>, void, undefined> {
    let token = pageToken;
    do {
      const page = await fetchPage({ pageToken: token, maxPageSize });
      yield page;
      if (page.nextPageToken !== undefined && page.nextPageToken === token) {
        throw new CloudError('unknown', 'The service answered with the page token it was asked with, so the list would never end', { phase: 'response' });
      }
      token = page.nextPageToken;
    } while (token !== undefined);
  }
  return {
    byPage,
    async *[Symbol.asyncIterator]() {
      for await (const page of byPage()) yield* page.items;
    },
  };
}
