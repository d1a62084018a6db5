import { CloudError, ConflictError, paged, systemClock, type CallOptions, type Clock, type Paged, type PageRequest } from '@cmx/cloud-core';
import type { HttpClient, HttpMethod, HttpRequest } from '@cmx/http';
import { toQueued, type Queued } from '../mutations/queued-change.ts';
import { withQuery, type Query } from './path.ts';
import type { CodaLimiters, LimitClass } from './rate-limits.ts';
import { toModel } from './times.ts';

/** Options of every read. */
export interface ReadOptions extends CallOptions {
  /**
   * Refuse to answer from a snapshot that lacks an edit somebody has made already: a `ConflictError` with the vendor code `StaleDoc`.
   * The service does not fetch anything fresher; ask again later. Costs a second request when it is refused. Default `false`.
   */
  requireLatest?: boolean | undefined;
}

/** Options of every list. */
export interface ListOptions extends ReadOptions {
  /** Entries a request brings at most; the service may give fewer. Default: the service's. */
  limit?: number | undefined;
}

/** A change that goes to the wire. */
export interface Change {
  readonly operation: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly body?: unknown;
  readonly limit?: LimitClass | undefined;
  /** Default: `always` for PUT and DELETE, `refused` for POST and PATCH. */
  readonly retry?: 'always' | 'refused' | undefined;
}

/** What the service sends of a list. */
export interface ListAnswer {
  readonly items: readonly unknown[];
  readonly nextPageToken?: string | null;
}

/** The way to the service that every function of this package takes first: `createCodaApi` makes one, a `CodaClient` has one. */
export class CodaApi {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly #limiters: CodaLimiters | undefined;

  /** @param limiters - Absent: requests are not held back. */
  constructor(http: HttpClient, limiters?: CodaLimiters, clock: Clock = systemClock) {
    this.http = http;
    this.#limiters = limiters;
    this.clock = clock;
  }

  /** Reads one thing. */
  async read<T>(operation: string, path: string, options: ReadOptions = {}, limit: LimitClass = 'read'): Promise<T> {
    return toModel<T>(await this.#get(operation, path, options, limit));
  }

  /** Reads a list. What the options hold besides the call's own is its query; with a page token nothing else is sent, for the service ignores it. */
  list<T>(operation: string, path: string, options: ListOptions, limit: LimitClass = 'read'): Paged<T> {
    return paged(async (request) => {
      const { items, nextPageToken } = await this.readPage(operation, path, options, request, limit);
      return { items: checkedItems<T>(operation, items), nextPageToken };
    });
  }

  /** One page of a list, its `nextPageToken` absent at the end. */
  async readPage<A extends ListAnswer>(
    operation: string,
    path: string,
    options: ListOptions,
    { pageToken, maxPageSize }: PageRequest,
    limit?: LimitClass,
  ): Promise<A & { nextPageToken?: string }> {
    const query = pageToken === undefined ? { ...queryOf(options), limit: maxPageSize ?? options.limit } : { pageToken };
    const answer = await this.read<A>(operation, withQuery(path, query), options, limit);
    return { ...answer, nextPageToken: answer.nextPageToken ?? undefined };
  }

  /** Changes something at once. */
  async write<T = void>(change: Change, options: CallOptions = {}): Promise<T> {
    return toModel<T>(await this.http.requestJson(this.#request(change), options));
  }

  /** Changes a doc: the service queues the edit and answers with an id to ask after it. */
  async queue<T extends object = object>(change: Change, options: CallOptions = {}): Promise<Queued<T>> {
    const { requestId, ...answer } = await this.write<T & { requestId?: string }>({ limit: 'writeContent', ...change }, options);
    return toQueued(this, requestId, answer as unknown as T);
  }

  /** A change that finds nothing to change is done already: deleting succeeds when the thing is gone. */
  async ignoreAbsence<T>(change: Promise<T>): Promise<T | undefined> {
    return change.catch((error: unknown) => {
      if (CloudError.is(error, 'not_found')) return undefined;
      throw error;
    });
  }

  async #get(operation: string, path: string, options: ReadOptions, limit: LimitClass): Promise<unknown> {
    const change: Change = { operation, method: 'GET', path, limit };
    if (!options.requireLatest) return this.http.requestJson(this.#request(change), options);
    try {
      return await this.http.requestJson(this.#request(change, { 'x-coda-doc-version': 'latest' }), options);
    } catch (error) {
      if (CloudError.is(error, 'invalid_argument')) await this.#throwStale(change, error, options);
      throw error;
    }
  }

  /** A stale snapshot and a bad request are both a 400; without the demand only the bad request still is. */
  async #throwStale(change: Change, cause: CloudError, options: ReadOptions): Promise<void> {
    await this.http.requestJson(this.#request(change), options);
    const { operation, status, requestId } = cause;
    const fields = { provider: 'coda', operation, status, requestId, vendorCode: 'StaleDoc', retryable: true, cause };
    throw new ConflictError('The doc has edits that its snapshot does not hold yet', fields);
  }

  #request({ operation, method, path, body, limit, retry }: Change, headers?: Record<string, string>): HttpRequest {
    const limiter = this.#limiters?.[limit ?? 'write'];
    if (body === undefined) return { operation, method, path, retry, limiter, headers };
    return { operation, method, path, retry, limiter, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(JSON.stringify(body)) };
  }
}

/** @throws {CloudError} The answer is JSON, but not a list's: something else than the service sent it. */
export function checkedItems<T>(operation: string, items: unknown): readonly T[] {
  if (Array.isArray(items)) return items as T[];
  throw new CloudError('unknown', 'The answer holds no list', { provider: 'coda', operation, phase: 'response' });
}

/** The part of a list's options that goes into its query. */
function queryOf(options: ListOptions): Query {
  const { abortSignal: _signal, timeoutInMs: _timeout, requireLatest: _latest, ...query } = options;
  return query;
}

/** The query of a read that is not a list. */
export function readPath(path: string, options: ReadOptions): string {
  return withQuery(path, queryOf(options));
}
