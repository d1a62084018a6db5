import { fetchTransport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { newsletterDocument } from '../../../tools/operations-coverage/documents/infomaniak-newsletter.ts';
import { ExchangeValidator } from '../../../tools/operations-coverage/exchange-validator.ts';
import { loadDescription } from '../../../tools/operations-coverage/load-description.ts';
import { InfomaniakNewsletterClient, type InfomaniakNewsletterClientOptions } from '../src/index.ts';
import { NewsletterService, type Exchange, type NewsletterServiceOptions } from './service/newsletter-service.ts';
import { SkippingClock } from './skipping-clock.ts';

export const validator = new ExchangeValidator(loadDescription(newsletterDocument));

/** A fresh service and a client of it. */
export interface Newsletter {
  readonly clock: SkippingClock;
  readonly service: NewsletterService;
  readonly client: InfomaniakNewsletterClient;
  /** Another client of the same token. */
  connect(options?: Partial<InfomaniakNewsletterClientOptions>): InfomaniakNewsletterClient;
}

/**
 * For each test of the file a fresh service, which MSW puts in front of the network. After each one, all requests and answers are held to
 * the document.
 */
export function useNewsletter(options: Partial<NewsletterServiceOptions> = {}): Newsletter {
  const server = setupServer();
  const newsletter = {} as { -readonly [Key in keyof Newsletter]: Newsletter[Key] };
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  beforeEach(() => {
    const clock = new SkippingClock();
    const service = new NewsletterService({ clock, ...options });
    const connect = (more: Partial<InfomaniakNewsletterClientOptions> = {}) =>
      new InfomaniakNewsletterClient({ token: service.token, domainId: service.state.domainId, transport: fetchTransport(), clock, ...more });
    Object.assign(newsletter, { clock, service, client: connect(), connect });
    server.use(...service.handlers());
  });
  afterEach(() => {
    server.resetHandlers();
    expect(newsletter.service.exchanges.flatMap(problemsOf)).toEqual([]);
  });
  afterAll(() => {
    server.close();
    validator.saveCoverage();
  });
  return newsletter;
}

/** Tasks are the account's, not the newsletter's: another document has them. A refused request need not be a valid one. */
function problemsOf({ method, path, body, status, answer }: Exchange): string[] {
  if (path.startsWith('/1/async/')) return [];
  const request = status === 404 || status === 422 ? [] : validator.request({ method, path, body });
  return [...request, ...validator.response({ method, path, status, body: answer })];
}

/** The items of a list, for lists that are short. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
