import type { Clock } from '@cmx/cloud-core';
import { http, HttpResponse, type HttpHandler } from 'msw';
import { parseQuery } from '../../../../tools/operations-coverage/query.ts';
import { accountRoutes, taskReply } from './routes/account.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { fieldRoutes } from './routes/fields.ts';
import { groupRoutes } from './routes/groups.ts';
import { segmentRoutes } from './routes/segments.ts';
import { subscriberRoutes } from './routes/subscribers.ts';
import { webformRoutes } from './routes/webforms.ts';
import { ServiceState } from './state.ts';
import { failure, invalid, notFound, type Body, type Query, type Reply, type Route } from './wire-types.ts';

/** One request and what it was answered with. */
export interface Exchange {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

export interface NewsletterServiceOptions {
  readonly clock: Clock;
  readonly token?: string;
  readonly domainId?: number;
  /** Requests a minute. Default 60. */
  readonly limit?: number;
  /** Whether a 429 says when to come back. Default `true`. */
  readonly sendsRetryAfter?: boolean;
}

/** A newsletter kept in memory, which answers as the service would: tokens, limits and lags included. */
export class NewsletterService {
  readonly token: string;
  readonly state: ServiceState;
  readonly exchanges: Exchange[] = [];
  readonly #options: NewsletterServiceOptions;
  readonly #routes: readonly (Route & { readonly pattern: RegExp })[];
  readonly #arrivals: number[] = [];
  readonly #faults: (() => Response)[] = [];

  constructor(options: NewsletterServiceOptions) {
    this.#options = options;
    this.token = options.token ?? 'test-token';
    this.state = new ServiceState(options.domainId ?? 42, options.clock);
    const routes = [accountRoutes, campaignRoutes, subscriberRoutes, groupRoutes, segmentRoutes, fieldRoutes, webformRoutes].flatMap((make) =>
      make(this.state),
    );
    this.#routes = routes
      .map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }))
      .sort((a, b) => parameters(a) - parameters(b));
  }

  /** For MSW, or to be served over HTTP. */
  handlers(): HttpHandler[] {
    return [http.all('*/1/*', ({ request }) => this.#answer(request))];
  }

  /** The next request is answered with this, whatever it is. */
  failNext(...answers: (() => Response)[]): void {
    this.#faults.push(...answers);
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const fault = this.#faults.shift();
    if (fault) return fault();
    const { status, envelope, headers } = this.#reply(request, pathname, search, body);
    this.exchanges.push({ method: request.method, path: pathname + search, headers: request.headers, body, status, answer: envelope });
    return HttpResponse.json(envelope, { status, headers });
  }

  #reply({ method, headers }: Request, path: string, search: string, body: unknown): Reply & { headers?: Record<string, string> } {
    if (headers.get('authorization') !== `Bearer ${this.token}`) return failure(401, 'not_authorized', 'Authorization required');
    const limited = this.#limit();
    if (limited) return limited;
    this.state.settle();
    const query = parseQuery(search.slice(1), new Set()) as Query;
    if (method === 'GET' && headers.has('content-type') && query.with) return invalid({ with: 'The with field is prohibited.' });
    const [, task] = /^\/1\/async\/tasks\/([^/]+)$/.exec(path) ?? [];
    if (task) return taskReply(this.state, decodeURIComponent(task));
    const root = `/1/newsletters/${String(this.state.domainId)}`;
    if (this.state.domainDeleted || (path !== root && !path.startsWith(`${root}/`))) return notFound();
    return this.#route(method, path.slice(root.length), query, body as Body | undefined);
  }

  #route(method: string, path: string, query: Query, body: Body = {}): Reply {
    for (const route of this.#routes) {
      const match = route.method === method && route.pattern.exec(path);
      if (match) return route.run({ params: match.groups ?? {}, query, body });
    }
    return notFound();
  }

  /** So many requests in any minute; refused ones do not count. */
  #limit(): (Reply & { headers: Record<string, string> }) | undefined {
    const { limit = 60, sendsRetryAfter = true, clock } = this.#options;
    const now = clock.now();
    while ((this.#arrivals[0] ?? now) <= now - 60_000) this.#arrivals.shift();
    if (this.#arrivals.length < limit) {
      this.#arrivals.push(now);
      return undefined;
    }
    const waitInSeconds = Math.ceil(((this.#arrivals[0] ?? now) + 60_000 - now) / 1000);
    const headers: Record<string, string> = sendsRetryAfter ? { 'retry-after': String(waitInSeconds) } : {};
    return { ...failure(429, 'too_many_requests', 'Too many requests'), headers };
  }
}

const parameters = ({ path }: Route): number => path.split(':').length;
