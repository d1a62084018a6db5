import { startNewsletterService } from '@cmx/infomaniak-newsletter/testing';

export const examples = { 'First call': 'News of June scheduled', 'A service for your tests': '[ 201, 503, 200 ]' };

export async function start() {
  const { clientOptions, close } = await startNewsletterService();
  const { token, domainId, baseUrl } = clientOptions;
  return { env: { INFOMANIAK_NEWSLETTER_TOKEN: token, INFOMANIAK_NEWSLETTER_ID: String(domainId), INFOMANIAK_NEWSLETTER_BASE_URL: baseUrl }, stop: close };
}
