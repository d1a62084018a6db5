/* eslint-disable @nx/enforce-module-boundaries -- the newsletter's service is test support of its package, which does not publish it */
import { InfomaniakNewsletterClient, infomaniakNewsletterConnection } from '@cmx/cloud/infomaniak-newsletter';
import { serveHandlers } from '@cmx/conformance/msw';
import { NewsletterService } from '../../infomaniak-newsletter/test/service/newsletter-service.ts';
import { TestCli } from './cli.ts';
import { registered, SkippingClock } from './test-connections.ts';

/** A command line with the connection `news`, to a newsletter with the group Readers of three. Waiting takes no time. */
export async function openNewsletter() {
  const clock = new SkippingClock();
  const service = new NewsletterService({ clock, token: `newsletter-token-${crypto.randomUUID()}` });
  const readers = service.state.addGroup('Readers');
  for (const name of ['ada', 'bob', 'eve']) service.state.upsertSubscriber(`${name}@example.com`, 'api').groups.add(readers.id);
  const server = await serveHandlers(service.handlers());
  const cli = await TestCli.create([
    registered({
      ...infomaniakNewsletterConnection,
      openClient: async ({ token = '', domainId, baseUrl }, { logger, retry }) => new InfomaniakNewsletterClient({ token, domainId: Number(domainId), baseUrl, clock, logger, retry }),
    }),
  ]);
  await cli.ok('configure', 'news', '--type', 'infomaniak-newsletter', '--set', `token=${service.token}`, '--set', 'domainId=42', '--set', `baseUrl=${server.url}`);
  const client = new InfomaniakNewsletterClient({ token: service.token, domainId: 42, baseUrl: server.url, clock });
  return {
    ...{ cli, service, client, readers, baseUrl: server.url },
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      await cli[Symbol.asyncDispose]();
    },
  };
}

export type NewsletterSetup = Awaited<ReturnType<typeof openNewsletter>>;
