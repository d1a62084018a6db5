/* eslint-disable @nx/enforce-module-boundaries -- these services are test support of their packages, which publish none of it */
import type { ConnectionOptions } from '@cmx/cloud';
import { CodaClient, codaConnection } from '@cmx/cloud/coda';
import { InfomaniakNewsletterClient, infomaniakNewsletterConnection } from '@cmx/cloud/infomaniak-newsletter';
import type { ConnectionType } from '@cmx/cloud-core';
import { serveHandlers } from '@cmx/conformance/msw';
import { putRows, seed } from '../../coda/test/harness.ts';
import { CodaService, TOKEN } from '../../coda/test/service/coda-service.ts';
import { serviceTransport } from '../../coda/test/service/service-transport.ts';
import { VirtualClock } from '../../coda/test/service/virtual-clock.ts';
import { NewsletterService } from '../../infomaniak-newsletter/test/service/newsletter-service.ts';
import { SkippingClock } from '../../infomaniak-newsletter/test/skipping-clock.ts';
import { TestCli } from './cli.ts';

type RegisteredType = NonNullable<ConnectionOptions['types']>[number];

/** A command line with the connection `docs`, to a service with the doc AbCDeFGH and its table Tasks. Waiting takes no time. */
export async function openCoda() {
  const service = new CodaService({ clock: new VirtualClock() });
  const { table } = seed(service);
  putRows(table, 3, (place) => ({ 'c-title': `T${String(place)}`, 'c-points': place, 'c-done': false }));
  const transport = serviceTransport(service);
  const type: ConnectionType = {
    ...codaConnection,
    openClient: async ({ token = '' }, { logger, retry }) => new CodaClient({ token, clock: service.clock, transport, logger, retry }),
  };
  const cli = await TestCli.create([registered(type)]);
  await cli.ok('configure', 'docs', '--type', 'coda', '--set', `token=${TOKEN}`);
  return { cli, service, table, token: TOKEN, [Symbol.asyncDispose]: () => cli[Symbol.asyncDispose]() };
}

/** A command line with the connection `news`, to a newsletter with the group Readers of three. Waiting takes no time. */
export async function openNewsletter() {
  const clock = new SkippingClock();
  const service = new NewsletterService({ clock, token: `newsletter-token-${crypto.randomUUID()}` });
  const readers = service.state.addGroup('Readers');
  for (const name of ['ada', 'bob', 'eve']) service.state.upsertSubscriber(`${name}@example.com`, 'api').groups.add(readers.id);
  const server = await serveHandlers(service.handlers());
  const type: ConnectionType = {
    ...infomaniakNewsletterConnection,
    openClient: async ({ token = '', domainId, baseUrl }, { logger, retry }) =>
      new InfomaniakNewsletterClient({ token, domainId: Number(domainId), baseUrl, clock, logger, retry }),
  };
  const cli = await TestCli.create([registered(type)]);
  await cli.ok('configure', 'news', '--type', 'infomaniak-newsletter', '--set', `token=${service.token}`, '--set', 'domainId=42', '--set', `baseUrl=${server.url}`);
  const client = new InfomaniakNewsletterClient({ token: service.token, domainId: 42, baseUrl: server.url, clock });
  return {
    ...{ cli, service, client, readers, url: server.url },
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      await cli[Symbol.asyncDispose]();
    },
  };
}

export type CodaSetup = Awaited<ReturnType<typeof openCoda>>;
export type NewsletterSetup = Awaited<ReturnType<typeof openNewsletter>>;

function registered(type: ConnectionType): RegisteredType {
  return { type: type.type, title: type.title, packageName: `@cmx/${type.type}`, load: async () => type };
}
