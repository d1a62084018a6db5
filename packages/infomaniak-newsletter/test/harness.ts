import { fetchTransport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { newsletterDocument } from '../../../tools/operations-coverage/documents/infomaniak-newsletter.ts';
import { ExchangeValidator } from '../../../tools/operations-coverage/exchange-validator.ts';
import { hasDocument, loadDescription, readDescription, type ApiDocument } from '../../../tools/operations-coverage/load-description.ts';
import { InfomaniakNewsletterClient, type InfomaniakNewsletterClientOptions } from '../src/index.ts';
import { NewsletterService, type NewsletterServiceExchange, type NewsletterServiceOptions } from '../src/testing/index.ts';
import { SkippingClock } from './skipping-clock.ts';

export const validator = new ExchangeValidator(loadDescription(newsletterDocument));

const TASK_PATH = '/1/async/tasks/{task_uuid}';

/** Background tasks are the account's, not the newsletter's: another document of the vendor has them. */
const taskDocument: ApiDocument = {
  name: 'infomaniak-core',
  file: 'infomaniak/core-resources.openapi.json',
  facts: '',
  tests: [],
  undocumentedStatuses: newsletterDocument.undocumentedStatuses,
  patch({ paths }) {
    for (const path of Object.keys(paths)) if (path !== TASK_PATH) delete paths[path];
    Object.assign(paths[TASK_PATH]?.get ?? {}, { operationId: 'ShowTask' });
  },
};
const taskValidator = hasDocument(taskDocument) ? new ExchangeValidator(readDescription(taskDocument)) : undefined;

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
  beforeEach(async () => {
    const clock = new SkippingClock();
    const service = new NewsletterService({ clock, applyInMs: 4_000, ...options });
    const connect = (more: Partial<InfomaniakNewsletterClientOptions> = {}) =>
      new InfomaniakNewsletterClient({ token: service.token, domainId: service.domainId, transport: fetchTransport(), clock, ...more });
    Object.assign(newsletter, { clock, service, client: connect(), connect });
    server.use(...(await service.handlers()));
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

/** What is wrong with a request or its answer. A refused request need not be a valid one, nor a planned failure one of the document's. */
function problemsOf({ method, path, body, status, answer }: NewsletterServiceExchange): string[] {
  if (answer === undefined) return [];
  const document = path.startsWith('/1/async/') ? taskValidator : validator;
  const request = status === 404 || status === 422 ? [] : document?.request({ method, path, body });
  return [...(request ?? []), ...(document?.response({ method, path, status, body: answer }) ?? [])];
}

/** The items of a list, for lists that are short. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
