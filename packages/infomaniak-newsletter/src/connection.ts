import type { ConnectionContext, ConnectionSettings, ConnectionType } from '@cmx/cloud-core';
import { NEWSLETTER_ENVIRONMENT, required, toDomainId } from './infomaniak-newsletter-client-options.ts';
import { InfomaniakNewsletterClient } from './infomaniak-newsletter-client.ts';

/** How the newsletter is opened by name. */
export const infomaniakNewsletterConnection: ConnectionType = {
  type: 'infomaniak-newsletter',
  title: 'An Infomaniak newsletter',
  fields: [
    {
      name: 'token',
      label: 'API token',
      help: 'Made in the Manager under Developer, API tokens, with the newsletter as its product',
      required: true,
      secret: true,
      environment: [NEWSLETTER_ENVIRONMENT.token],
    },
    {
      name: 'domainId',
      label: 'Newsletter domain',
      help: 'The number in the address of its page in the Manager',
      required: true,
      environment: [NEWSLETTER_ENVIRONMENT.domainId],
    },
    { name: 'baseUrl', label: 'Base URL', help: 'Only for a server that stands in for the service', environment: [NEWSLETTER_ENVIRONMENT.baseUrl] },
  ],
  openClient: open,
  async check(settings, { abortSignal, ...context }) {
    const { name } = await open(settings, context).domain.get({ abortSignal });
    return `newsletter domain ${name}`;
  },
};

function open(settings: ConnectionSettings, { logger, retry, telemetry }: ConnectionContext): InfomaniakNewsletterClient {
  const { baseUrl } = settings;
  return new InfomaniakNewsletterClient({
    token: required(settings, 'token'),
    domainId: toDomainId(required(settings, 'domainId')),
    baseUrl,
    logger,
    retry,
    telemetry,
  });
}
