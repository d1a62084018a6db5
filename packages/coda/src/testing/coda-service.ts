import { InvalidArgumentError, MissingDependencyError, systemClock, type Clock } from '@cmx/cloud-core';
import type { HttpHandler } from 'msw';
import type { CodaRateLimits } from '../api/rate-limits.ts';
import { addDoc } from './answers/docs.ts';
import { download } from './answers/exports.ts';
import { answers } from './answers/index.ts';
import type { Answer } from './call.ts';
import { Failure } from './failure.ts';
import { limitClassOf, ServerLimits } from './limits.ts';
import { findRoute, OPERATION_IDS } from './routes.ts';
import { toColumn, type CodaServiceColumnInput, type CodaServiceDoc, type CodaServiceExport, type CodaServiceTable, type Json } from './state.ts';
import { CodaStore } from './store.ts';

/** What a {@link CodaService} is made with; everything has a default. */
export interface CodaServiceOptions {
  /** The only token that is accepted. Default: a made-up one, see {@link CodaService.token}. */
  readonly token?: string | undefined;
  /** The limits that are enforced, or `false` for none. Default: the published ones. */
  readonly limits?: Partial<CodaRateLimits> | false | undefined;
  /** Milliseconds from an edit being accepted to its effect. Default 50; Coda takes seconds. */
  readonly applyInMs?: number | undefined;
  /** Milliseconds during which the status of an accepted edit is not known yet. Default 0; Coda may take seconds. */
  readonly statusLagInMs?: number | undefined;
  /** Where exports are downloaded, such as `https://exports.test`. Default: where the API is. */
  readonly downloadOrigin?: string | undefined;
  /** What limits and lags are measured by. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
}

/** A request the service was sent, and how it was answered. */
export interface CodaServiceExchange {
  /** As the API reference names it, such as `upsertRows`; `download` for an export; `unknown` for what the API does not have. */
  readonly operation: string;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Headers;
  /** Parsed, `undefined` for none. */
  readonly body: unknown;
  readonly status: number;
  /** What was answered, `undefined` for a planned failure or a download. */
  readonly answer: unknown;
}

/** What a request meets instead of its answer; with `undefined` it passes. */
export type CodaServiceFault = () => Response | undefined | Promise<Response>;

/** A request as it was read. */
interface Received {
  readonly request: Request;
  readonly url: URL;
  readonly text: string;
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

const DEFAULT_TOKEN = '6f1f5a1c-0000-4000-8000-00000000c0da';
const MAX_EXCHANGES = 1_000;
const DOWNLOAD = /^\/exports\/([^/]+)\/(\d+)$/;

/**
 * Coda's API v1 in memory: all its operations, with the token checked, the published limits enforced, and edits that are accepted
 * at once and done after a lag, as Coda does them. Docs, pages, tables, rows, folders and sharing keep their state; analytics,
 * workspaces, go links and packs have answers that are always the same.
 *
 * Use it behind MSW, where no socket is opened, or served over HTTP by {@link startCodaService}.
 */
export class CodaService {
  /** The token a client needs. */
  readonly token: string;
  /** The last 1,000 requests and how they were answered. Empty it to look at what comes next. */
  readonly exchanges: CodaServiceExchange[] = [];
  readonly #store: CodaStore;
  readonly #faults = new Map<string, CodaServiceFault[]>();
  readonly #limits: ServerLimits | undefined;
  readonly #downloadOrigin: string | undefined;

  /** @throws {InvalidArgumentError} An option is not what it should be. */
  constructor({ token = DEFAULT_TOKEN, limits, applyInMs = 50, statusLagInMs = 0, downloadOrigin, clock = systemClock }: CodaServiceOptions = {}) {
    if (token === '') throw new InvalidArgumentError('token must not be empty');
    for (const [name, time] of Object.entries({ applyInMs, statusLagInMs })) if (!(time >= 0)) throw new InvalidArgumentError(`${name} must be a number of milliseconds`);
    this.token = token;
    this.#store = new CodaStore(clock, { applyInMs, statusLagInMs });
    this.#limits = limits === false ? undefined : new ServerLimits(limits);
    this.#downloadOrigin = downloadOrigin;
  }

  /** Docs by id, with their pages, tables and rows. May be changed, to stage what others did. */
  get docs(): Map<string, CodaServiceDoc> {
    return this.#store.docs;
  }

  /** Exports of pages that were begun, by id. */
  get exports(): Map<string, CodaServiceExport> {
    return this.#store.exports;
  }

  /** What a client did that Coda forbids but lets pass, a sentence each: a test expects none. */
  get problems(): readonly string[] {
    return this.#store.problems;
  }

  /** Makes a doc with one empty page, as nobody has to wait for. */
  addDoc(name: string, { id }: { readonly id?: string | undefined } = {}): CodaServiceDoc {
    return addDoc(this.#store, name, id === undefined ? {} : { id });
  }

  /**
   * Makes a table without rows, which the API itself cannot do.
   *
   * @throws {InvalidArgumentError} There is no such doc.
   */
  addTable(docId: string, name: string, columns: readonly CodaServiceColumnInput[], { id }: { readonly id?: string | undefined } = {}): CodaServiceTable {
    const doc = this.docs.get(docId);
    if (!doc) throw new InvalidArgumentError(`There is no doc "${docId}"`);
    const tableId = id ?? this.#store.newId('grid-');
    const table: CodaServiceTable = {
      id: tableId,
      name,
      tableType: 'table',
      columns: columns.map((column) => toColumn(docId, tableId, column, () => this.#store.newId('c-'))),
      rows: new Map(),
      version: 0,
    };
    doc.tables.set(tableId, table);
    return table;
  }

  /**
   * The next requests of an operation meet these, in turn.
   *
   * @throws {InvalidArgumentError} The API has no such operation.
   */
  fail(operation: string, ...faults: readonly CodaServiceFault[]): void {
    if (!OPERATION_IDS.has(operation)) throw new InvalidArgumentError(`There is no operation "${operation}"`);
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults]);
  }

  /** Edits that are accepted and not done yet never will be. */
  forgetEdits(): void {
    this.#store.forgetEdits();
  }

  /**
   * The service as handlers for MSW's `setupServer`.
   *
   * @param origin - Where the service seems to be. Default: everywhere.
   * @throws {MissingDependencyError} `msw` is not installed.
   */
  async handlers(origin = '*'): Promise<HttpHandler[]> {
    const { http } = await import('msw').catch((cause: unknown) => {
      throw new MissingDependencyError('msw', { cause });
    });
    return ['/apis/v1/*', '/exports/*'].map((path) => http.all(`${origin}${path}`, ({ request }) => this.handle(request)));
  }

  /** Answers one request. Never rejects because of what the request says, but does when a planned failure rejects. */
  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const text = await request.text();
    this.#store.applyDue();
    if (DOWNLOAD.test(url.pathname)) return this.#download(request, url);
    const received = { request, url, text, operation: 'unknown', params: {}, ...findRoute(request.method, url.pathname) };
    const failure = await this.#faults.get(received.operation)?.shift()?.();
    if (failure) return this.#log(received, failure, undefined);
    const { status, body } = this.#answer(received);
    return this.#log(received, Response.json(body, { status }), body);
  }

  #download(request: Request, url: URL): Response {
    const [, exportId = '', mintedAt = ''] = DOWNLOAD.exec(url.pathname) ?? [];
    const response = download(this.#store, request.headers, exportId, Number(mintedAt));
    return this.#log({ request, url, text: '', operation: 'download' }, response, undefined);
  }

  #log({ request: { method, headers }, url, text, operation }: Omit<Received, 'params'>, response: Response, answer: unknown): Response {
    this.exchanges.push({ operation, method, path: url.pathname + url.search, headers, body: parse(text), status: response.status, answer });
    if (this.exchanges.length > MAX_EXCHANGES) this.exchanges.shift();
    return response;
  }

  #answer({ request, url, text, operation, params }: Received): Answer {
    try {
      if (request.headers.get('authorization') !== `Bearer ${this.token}`) throw new Failure(401);
      const now = this.#store.clock.now();
      if (this.#limits?.allows(limitClassOf(operation, request.method), now) === false) throw new Failure(429);
      const answer = answers[operation];
      const body = parse(text) ?? {};
      if (!answer) throw new Failure(404);
      if (typeof body !== 'object') throw new Failure(400, 'The body is not a JSON object');
      this.#refuseStale(request, params.docId);
      return answer({ store: this.#store, path: url.pathname, params, query: url.searchParams, body: body as Json, bodySizeInBytes: text.length, now, downloadOrigin: this.#downloadOrigin ?? url.origin });
    } catch (error) {
      if (error instanceof Failure) return error;
      // The answers read a body's members without asking whether they are there.
      if (error instanceof TypeError) return new Failure(400, 'The body has another shape than the operation wants');
      throw error;
    }
  }

  #refuseStale({ headers }: Request, docId: string | undefined): void {
    const isStale = docId !== undefined && this.docs.get(docId)?.isStale;
    if (headers.get('x-coda-doc-version') === 'latest' && isStale) throw new Failure(400, 'Doc is not yet up to date.');
  }
}

/** JSON, the text itself where it is none, or `undefined` for an empty one. */
function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
