import { InvalidArgumentError, MissingDependencyError, systemClock, type Clock } from '@cmx/cloud-core';
import type { HttpHandler } from 'msw';
import { readQuery } from './query.ts';
import { accountRoutes, taskReply } from './routes/account.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { fieldRoutes } from './routes/fields.ts';
import { groupRoutes } from './routes/groups.ts';
import { segmentRoutes } from './routes/segments.ts';
import { subscriberRoutes } from './routes/subscribers.ts';
import { webformRoutes } from './routes/webforms.ts';
import { ServiceState, type NewsletterServiceState } from './state.ts';
import { failure, invalid, notFound, type Body, type Query, type Reply, type Route, type ServiceRequest } from './wire-types.ts';

/** What a {@link NewsletterService} is made with; everything has a default. */
export interface NewsletterServiceOptions {
  /** The only token that is accepted. Default `test-token`. */
  readonly token?: string | undefined;
  /** The only newsletter domain there is. Default 42. */
  readonly domainId?: number | undefined;
  /** How many requests are taken in any minute, or `false` for any number. Default 60, as the service has it. */
  readonly requestsPerMinute?: number | false | undefined;
  /** Whether a 429 says when to come back. Default `true`. */
  readonly sendsRetryAfter?: boolean | undefined;
  /** Milliseconds from work in the background being accepted to its effect. Default 50; the service takes seconds or minutes. */
  readonly applyInMs?: number | undefined;
  /** What limits, lags and schedules are measured by. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
}

/** A request the service was sent, and how it was answered. */
export interface NewsletterServiceExchange {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Headers;
  /** Parsed, `undefined` for none. */
  readonly body: unknown;
  readonly status: number;
  /** The envelope, parsed; `undefined` for a planned failure. */
  readonly answer: unknown;
}

/** What a request meets instead of its answer. */
export type NewsletterServiceFault = () => Response;

const MAX_EXCHANGES = 1_000;

/**
 * Infomaniak's Newsletter API in memory: all its operations on one domain, with the token checked, the limit enforced, and work in
 * the background that is accepted at once and done after a lag. Nothing is sent to anybody: a campaign that is sent has a record
 * for each recipient.
 *
 * Use it behind MSW, where no socket is opened, or served over HTTP by {@link startNewsletterService}.
 */
export class NewsletterService {
  /** The token a client needs. */
  readonly token: string;
  readonly domainId: number;
  /** The last 1,000 requests and how they were answered, planned failures included. Empty it to look at what comes next. */
  readonly exchanges: NewsletterServiceExchange[] = [];
  readonly #state: ServiceState;
  readonly #clock: Clock;
  readonly #requestsPerMinute: number;
  readonly #sendsRetryAfter: boolean;
  readonly #routes: readonly (Route & { readonly pattern: RegExp })[];
  readonly #arrivals: number[] = [];
  readonly #faults: NewsletterServiceFault[] = [];

  /** @throws {InvalidArgumentError} An option is not what it should be. */
  constructor({ token = 'test-token', domainId = 42, requestsPerMinute = 60, sendsRetryAfter = true, applyInMs = 50, clock = systemClock }: NewsletterServiceOptions = {}) {
    if (token === '') throw new InvalidArgumentError('token must not be empty');
    if (!Number.isSafeInteger(domainId)) throw new InvalidArgumentError('domainId must be an integer');
    if (requestsPerMinute !== false && !(requestsPerMinute > 0)) throw new InvalidArgumentError('requestsPerMinute must be a positive number, or false');
    if (!(applyInMs >= 0)) throw new InvalidArgumentError('applyInMs must be a number of milliseconds');
    this.token = token;
    this.domainId = domainId;
    this.#requestsPerMinute = requestsPerMinute === false ? Infinity : requestsPerMinute;
    this.#sendsRetryAfter = sendsRetryAfter;
    this.#clock = clock;
    this.#state = new ServiceState({ domainId, clock, applyInMs });
    this.#routes = [accountRoutes, campaignRoutes, subscriberRoutes, groupRoutes, segmentRoutes, fieldRoutes, webformRoutes]
      .flatMap((make) => make(this.#state))
      .map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }))
      .sort((a, b) => parameters(a) - parameters(b));
  }

  /** What is kept. */
  get state(): NewsletterServiceState {
    return this.#state;
  }

  /** The next requests meet these, in turn, whatever they are about. */
  fail(...faults: readonly NewsletterServiceFault[]): void {
    this.#faults.push(...faults);
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
    return [http.all(`${origin}/1/*`, ({ request }) => this.handle(request))];
  }

  /** Answers one request. Never rejects because of what the request says, but does when a planned failure throws. */
  async handle(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const body = parse(await request.text());
    const fault = this.#faults.shift();
    if (fault) {
      const response = fault();
      this.#log(request, body, response.status, undefined);
      return response;
    }
    const { status, envelope, headers } = this.#reply(request, pathname, search, body);
    this.#log(request, body, status, envelope);
    return Response.json(envelope, { status, ...(headers && { headers }) });
  }

  #log({ method, headers, url }: Request, body: unknown, status: number, answer: unknown): void {
    const { pathname, search } = new URL(url);
    this.exchanges.push({ method, path: pathname + search, headers, body, status, answer });
    if (this.exchanges.length > MAX_EXCHANGES) this.exchanges.shift();
  }

  #reply({ method, headers }: Request, path: string, search: string, body: unknown): Reply & { headers?: Record<string, string> } {
    if (headers.get('authorization') !== `Bearer ${this.token}`) return failure(401, 'not_authorized', 'Authorization required');
    const limited = this.#limit();
    if (limited) return limited;
    if (body !== undefined && typeof body !== 'object') return failure(400, 'invalid_json', 'The body is not JSON');
    this.#state.settle();
    const query = readQuery(search);
    if (method === 'GET' && headers.has('content-type') && query.with) return invalid({ with: 'The with field is prohibited.' });
    const [, task] = /^\/1\/async\/tasks\/([^/]+)$/.exec(path) ?? [];
    if (task) return taskReply(this.#state, task);
    const root = `/1/newsletters/${String(this.domainId)}`;
    if (this.#state.domainDeleted || (path !== root && !path.startsWith(`${root}/`))) return notFound();
    return this.#route(method, path.slice(root.length), query, (body ?? undefined) as Body | undefined);
  }

  #route(method: string, path: string, query: Query, body: Body = {}): Reply {
    for (const route of this.#routes) {
      const match = route.method === method && route.pattern.exec(path);
      if (match) return run(route, { params: match.groups ?? {}, query, body });
    }
    return notFound();
  }

  /** So many requests in any minute; refused ones do not count. */
  #limit(): (Reply & { headers: Record<string, string> }) | undefined {
    const now = this.#clock.now();
    while ((this.#arrivals[0] ?? now) <= now - 60_000) this.#arrivals.shift();
    if (this.#arrivals.length < this.#requestsPerMinute) {
      this.#arrivals.push(now);
      return undefined;
    }
    const waitInSeconds = Math.ceil(((this.#arrivals[0] ?? now) + 60_000 - now) / 1000);
    const headers: Record<string, string> = this.#sendsRetryAfter ? { 'retry-after': String(waitInSeconds) } : {};
    return { ...failure(429, 'too_many_requests', 'Too many requests'), headers };
  }
}

/** Routes read a body's members without asking what they are. */
function run(route: Route, request: ServiceRequest): Reply {
  try {
    return route.run(request);
  } catch (error) {
    if (error instanceof TypeError) return failure(422, 'validation_failed', 'The body has another shape than the operation wants');
    throw error;
  }
}

const parameters = ({ path }: Route): number => path.split(':').length;

/** JSON, the text itself where it is none, or `undefined` for an empty one. */
function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
