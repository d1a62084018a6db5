import { http, type RequestHandler } from 'msw';
import { codaDocument } from '../../../../tools/operations-coverage/documents/coda.ts';
import { ExchangeValidator } from '../../../../tools/operations-coverage/exchange-validator.ts';
import { loadDescription } from '../../../../tools/operations-coverage/load-description.ts';
import type { Clock } from '@cmx/cloud-core';
import type { CodaRateLimits } from '../../src/index.ts';
import { answers } from './answers/index.ts';
import { downloadAnswer } from './answers/exports.ts';
import { Failure } from './failure.ts';
import { limitClassOf, ServerLimits } from './limits.ts';
import { pageOf } from './paging.ts';
import type { DocState, ExportState, Json, QueuedEdit } from './state.ts';
import { VirtualClock } from './virtual-clock.ts';

export const TOKEN = '6f1f5a1c-0000-4000-8000-00000000c0da';

export interface CodaServiceOptions {
  readonly clock?: Clock | undefined;
  /** What is enforced. Default: the published limits. */
  readonly limits?: Partial<CodaRateLimits> | undefined;
  /** From a request being accepted to its effect. Default 10,000. */
  readonly applyInMs?: number | undefined;
  /** How long a new request id is unknown to the status server. Default 3,000. */
  readonly statusLagInMs?: number | undefined;
  /** Where exports are downloaded. Default: a host of its own. */
  readonly downloadOrigin?: string | undefined;
}

/** One request on its way to its answer. */
export interface Call {
  readonly service: CodaService;
  readonly operation: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly bodySizeInBytes: number;
  readonly now: number;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What the next request of an operation meets instead of its answer. */
export type Fault = () => Response | Promise<Response>;

/**
 * Coda kept in memory: what is written is read back after a lag, requests over the limits are refused, and both sides of every exchange are
 * held to the API document.
 */
export class CodaService {
  readonly clock: Clock;
  readonly docs = new Map<string, DocState>();
  readonly folders = new Map<string, Json>();
  readonly exports = new Map<string, ExportState>();
  readonly validator = new ExchangeValidator(loadDescription(codaDocument));
  /** What was wrong with requests and answers; a test expects none. */
  readonly problems: string[] = [];
  /** `operation status` of every exchange. */
  readonly log: string[] = [];
  readonly headers: Headers[] = [];
  readonly downloadOrigin: string;
  readonly #edits: QueuedEdit[] = [];
  readonly #faults = new Map<string, Fault[]>();
  readonly #limits: ServerLimits;
  readonly #applyInMs: number;
  readonly #statusLagInMs: number;
  #count = 0;

  constructor({ clock = new VirtualClock(), limits, applyInMs = 10_000, statusLagInMs = 3_000, downloadOrigin = 'https://exports.coda.test' }: CodaServiceOptions = {}) {
    this.clock = clock;
    this.#limits = new ServerLimits(limits);
    this.#applyInMs = applyInMs;
    this.#statusLagInMs = statusLagInMs;
    this.downloadOrigin = downloadOrigin;
  }

  /** For `setupServer`, `getResponse` and `serveHandlers`. */
  handlers(): RequestHandler[] {
    return [http.get('*/exports/:exportId/:mintedAt', ({ request }) => downloadAnswer(this, request)), http.all('*/apis/v1/*', ({ request }) => this.#respond(request))];
  }

  /** The next requests of an operation meet these, in turn. */
  fail(operation: string, ...faults: Fault[]): void {
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults]);
  }

  /** An id nobody had before. */
  newId(prefix: string): string {
    this.#count += 1;
    return `${prefix}${String(this.#count).padStart(8, '0')}`;
  }

  /** Accepts an edit: it is done later, and until then nothing shows it. */
  queue(apply: () => void, { warning, never = false }: { warning?: string | undefined; never?: boolean } = {}): string {
    const now = this.clock.now();
    const edit: QueuedEdit = { requestId: this.newId('mutate-'), acceptedAt: now, appliesAt: never ? Infinity : now + this.#applyInMs, warning, apply, isApplied: false };
    this.#edits.push(edit);
    return edit.requestId;
  }

  /** Where an edit stands, `undefined` when the status server has not heard of it. */
  edit(requestId: string): QueuedEdit | undefined {
    const edit = this.#edits.find((candidate) => candidate.requestId === requestId);
    return edit && this.isKnown(edit.acceptedAt) ? edit : undefined;
  }

  isKnown(acceptedAt: number): boolean {
    return this.clock.now() - acceptedAt >= this.#statusLagInMs;
  }

  /** The next edit is accepted and then never applied. */
  forgetEdits(): void {
    for (const edit of this.#edits) if (!edit.isApplied) edit.appliesAt = Infinity;
  }

  get exportTimeInMs(): number {
    return this.#applyInMs;
  }

  /** A page of a list, with its token bound to the list it is of. */
  list(call: Call, items: readonly unknown[], limits?: { default?: number; max?: number }): Json {
    return pageOf(call, items, limits);
  }

  async #respond(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    const path = pathname + search;
    const operation = this.validator.operationOf(request.method, pathname)?.id ?? 'unknown';
    this.headers.push(request.headers);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.problems.push(...this.validator.request({ method: request.method, path, body }));
    this.#applyDue();
    const fault = this.#faults.get(operation)?.shift();
    const answer = fault ? await fault() : this.#answer(operation, request, path, body, text.length);
    this.log.push(`${operation} ${String(answer.status)}`);
    if (answer instanceof Response) return answer;
    this.problems.push(...this.validator.response({ method: request.method, path, status: answer.status, body: answer.body }));
    return Response.json(answer.body, { status: answer.status });
  }

  #answer(operation: string, request: Request, path: string, body: unknown, bodySizeInBytes: number): Answer {
    try {
      if (request.headers.get('authorization') !== `Bearer ${TOKEN}`) throw new Failure(401);
      if (!this.#limits.allows(limitClassOf(operation, request.method), this.clock.now())) throw new Failure(429);
      const answer = answers[operation];
      if (!answer) throw new Failure(404, `No answer for ${operation}`);
      const url = new URL(path, 'https://coda.test');
      const params = this.#paramsOf(operation, url.pathname);
      this.#refuseStale(request, params.docId);
      return answer({ service: this, operation, path: url.pathname, params, query: url.searchParams, body: (body ?? {}) as Json, bodySizeInBytes, now: this.clock.now() });
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  }

  #paramsOf(operation: string, pathname: string): Record<string, string> {
    const template = this.validator.description.operations.find(({ id }) => id === operation)?.path ?? '';
    const segments = pathname.replace(/^\/apis\/v1/, '').split('/');
    return Object.fromEntries(template.split('/').flatMap((part, place) => (part.startsWith('{') ? [[part.slice(1, -1), decodeURIComponent(segments[place] ?? '')]] : [])));
  }

  #refuseStale(request: Request, docId: string | undefined): void {
    const doc = docId === undefined ? undefined : this.docs.get(docId);
    if (request.headers.get('x-coda-doc-version') === 'latest' && doc?.isStale) throw new Failure(400, 'Doc is not yet up to date.');
  }

  #applyDue(): void {
    for (const edit of this.#edits) {
      if (edit.isApplied || edit.appliesAt > this.clock.now()) continue;
      edit.isApplied = true;
      edit.apply();
    }
  }
}
