import { InfomaniakNewsletterClient, infomaniakNewsletterConnection } from '@cmx/cloud/infomaniak-newsletter';
import { startNewsletterService } from '@cmx/infomaniak-newsletter/testing';
import { TestCli } from './cli.ts';
import { registered, SkippingClock } from './test-connections.ts';

/** A command line with the connection `news`, to a newsletter with the group Readers of three. Waiting takes no time. */
export async function openNewsletter() {
  const clock = new SkippingClock();
  const server = await startNewsletterService({ clock, token: `newsletter-token-${crypto.randomUUID()}`, applyInMs: 5_000 });
  const { service, clientOptions } = server;
  const cli = await TestCli.create([
    registered({
      ...infomaniakNewsletterConnection,
      openClient: async ({ token = '', domainId, baseUrl }, { logger, retry, telemetry }) => new InfomaniakNewsletterClient({ token, domainId: Number(domainId), baseUrl, clock, logger, retry, telemetry }),
    }),
  ]);
  await cli.ok('configure', 'news', '--type', 'infomaniak-newsletter', '--set', `token=${service.token}`, '--set', 'domainId=42', '--set', `baseUrl=${clientOptions.baseUrl}`);
  const client = new InfomaniakNewsletterClient({ ...clientOptions, clock });
  const readers = service.state.addGroup('Readers');
  for (const name of ['ada', 'bob', 'eve']) await client.subscribers.upsert(`${name}@example.com`, { groups: [readers.id] });
  return {
    ...{ cli, service, client, readers, baseUrl: clientOptions.baseUrl },
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      await cli[Symbol.asyncDispose]();
    },
  };
}

export type NewsletterSetup = Awaited<ReturnType<typeof openNewsletter>>;
