import type { ConnectionContext, ConnectionSettings, ConnectionType } from '@cmx/cloud-core';
import { BASE_URL_VARIABLE, TOKEN_VARIABLE } from './coda-client-options.ts';
import { CodaClient } from './coda-client.ts';

/** How Coda is opened by name. */
export const codaConnection: ConnectionType = {
  type: 'coda',
  title: 'Coda docs',
  fields: [
    { name: 'token', label: 'API token', help: 'Made in the account settings under API settings', required: true, secret: true, environment: [TOKEN_VARIABLE] },
    { name: 'baseUrl', label: 'Base URL', help: 'Default https://coda.io/apis/v1', environment: [BASE_URL_VARIABLE] },
  ],
  openClient: open,
  async check(settings, { abortSignal, ...context }) {
    const { name, loginId, tokenName } = await open(settings, context).account.whoami({ abortSignal });
    return `${name} (${loginId}), token "${tokenName}"`;
  },
};

function open({ token = '', baseUrl }: ConnectionSettings, { logger, retry, telemetry }: ConnectionContext): CodaClient {
  return new CodaClient({ token, baseUrl, logger, retry, telemetry });
}
