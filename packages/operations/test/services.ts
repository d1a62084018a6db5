import type { ConnectionOptions } from '@cmx/cloud';
import { CodaClient, codaConnection } from '@cmx/cloud/coda';
import { InfomaniakNewsletterClient, infomaniakNewsletterConnection } from '@cmx/cloud/infomaniak-newsletter';
import type { Clock, ConnectionType } from '@cmx/cloud-core';
import { startCodaService } from '@cmx/coda/testing';
import { startNewsletterService } from '@cmx/infomaniak-newsletter/testing';
import { createOperationContext, findOperation, type Operation, type OperationContextOptions } from '../src/index.ts';

/** Coda and a newsletter, with connections to both made by the environment, as the catalogue finds them. Waiting takes no time. */
export async function openServices() {
  const clock = new SkippingClock();
  const coda = await startCodaService({ clock, token: `coda-token-${crypto.randomUUID()}` });
  const newsletter = await startNewsletterService({ clock, token: `newsletter-token-${crypto.randomUUID()}` });
  const connections: ConnectionOptions = {
    configDirectory: '/nowhere',
    env: {
      CODA_API_TOKEN: coda.clientOptions.token,
      CODA_BASE_URL: coda.clientOptions.baseUrl,
      INFOMANIAK_NEWSLETTER_TOKEN: newsletter.clientOptions.token,
      INFOMANIAK_NEWSLETTER_ID: String(newsletter.clientOptions.domainId),
      INFOMANIAK_NEWSLETTER_BASE_URL: newsletter.clientOptions.baseUrl,
    },
    types: [
      registered({ ...codaConnection, openClient: async ({ token = '', baseUrl }, { retry }) => new CodaClient({ token, baseUrl, clock, retry }) }),
      registered({ ...infomaniakNewsletterConnection, openClient: async ({ token = '', domainId, baseUrl }, { retry }) => new InfomaniakNewsletterClient({ token, domainId: Number(domainId), baseUrl, clock, retry }) }),
    ],
  };
  return {
    coda: coda.service,
    newsletter: newsletter.service,
    newsletterClient: new InfomaniakNewsletterClient({ ...newsletter.clientOptions, clock }),
    context: (options: OperationContextOptions = {}) => createOperationContext({ connections, ...options }),
    async [Symbol.asyncDispose]() {
      await coda.close();
      await newsletter.close();
    },
  };
}

export type Services = Awaited<ReturnType<typeof openServices>>;

export function operation(name: string): Operation {
  const found = findOperation(name);
  if (!found) throw new Error(`The catalogue has no operation ${name}`);
  return found;
}

function registered(type: ConnectionType): NonNullable<ConnectionOptions['types']>[number] {
  return { type: type.type, title: type.title, packageName: `@cmx/${type.type}`, load: async () => type };
}

/** Time that stands still except while somebody sleeps, and then jumps. */
class SkippingClock implements Clock {
  #now = Date.UTC(2026, 5, 1, 12);

  now(): number {
    return this.#now;
  }

  async sleep(timeInMs: number, abortSignal?: AbortSignal): Promise<void> {
    abortSignal?.throwIfAborted();
    this.#now += timeInMs;
  }
}
