import {
  CloudProvider,
  DEFAULT_RATES,
  ResourceType,
  sharedRateLimiter,
  systemClock,
  type BearerCredentials,
  type CallOptions,
  type CloudClient,
  type CloudResource,
  type CreateResourceInput,
  type Paged,
} from '@cmx/cloud-core';
import { HttpClient } from '@cmx/http';
import { decodeNewsletterError } from './api/envelope.ts';
import { NewsletterApi } from './api/newsletter-api.ts';
import { checkedId } from './api/path.ts';
import { bearerAuth } from './bearer-auth.ts';
import type { Campaign } from './campaigns/campaign.ts';
import { Campaigns } from './campaigns/campaigns.ts';
import { Credits } from './credits/credits.ts';
import { NewsletterDomain } from './domain/domain.ts';
import { Fields } from './fields/fields.ts';
import { Groups } from './groups/groups.ts';
import {
  NEWSLETTER_ENVIRONMENT,
  processEnvironment,
  required,
  toDomainId,
  type Environment,
  type InfomaniakNewsletterClientOptions,
  type NewsletterClientSettings,
} from './infomaniak-newsletter-client-options.ts';
import { createCampaignResource, deleteCampaignResource, getCampaignResource, listCampaignResources } from './inventory.ts';
import { Operations } from './operations/operations.ts';
import { Segments } from './segments/segments.ts';
import { Subscribers } from './subscribers/subscribers.ts';
import { Templates } from './templates/templates.ts';
import { Webforms } from './webforms/webforms.ts';

const DEFAULT_BASE_URL = 'https://api.infomaniak.com';

/**
 * Infomaniak's Newsletter API, whole: one client for one newsletter domain.
 *
 * All clients of a token in one process keep the service's limit of 60 requests a minute together; a call waits for its turn.
 *
 * @see https://developer.infomaniak.com/docs/api
 */
export class InfomaniakNewsletterClient implements CloudClient {
  readonly provider = CloudProvider.INFOMANIAK;
  readonly resourceTypes = [ResourceType.NEWSLETTER];
  readonly domain: NewsletterDomain;
  readonly campaigns: Campaigns;
  readonly subscribers: Subscribers;
  readonly groups: Groups;
  readonly segments: Segments;
  readonly fields: Fields;
  readonly templates: Templates;
  readonly webforms: Webforms;
  readonly credits: Credits;
  readonly operations: Operations;
  readonly #http: HttpClient;

  /** @throws {InvalidArgumentError} The token or the domain cannot be one. */
  constructor(options: InfomaniakNewsletterClientOptions) {
    const { token, tokenExpiresAt, domainId, baseUrl = DEFAULT_BASE_URL, rateLimit = DEFAULT_RATES.infomaniak.newsletter, clock = systemClock, ...rest } = options;
    this.#http = new HttpClient({
      ...rest,
      provider: this.provider,
      service: 'newsletter',
      baseUrl,
      clock,
      auth: bearerAuth(token, tokenExpiresAt),
      decodeError: decodeNewsletterError,
      headers: { accept: 'application/json' },
    });
    const limiter = sharedRateLimiter(`newsletter ${baseUrl}`, token, rateLimit, clock);
    const api = new NewsletterApi(this.#http, limiter, checkedId('newsletter domain', domainId), clock);
    this.domain = new NewsletterDomain(api);
    this.campaigns = new Campaigns(api);
    this.subscribers = new Subscribers(api);
    this.groups = new Groups(api);
    this.segments = new Segments(api);
    this.fields = new Fields(api);
    this.templates = new Templates(api);
    this.webforms = new Webforms(api);
    this.credits = new Credits(api);
    this.operations = new Operations(api);
  }

  /**
   * A client from `INFOMANIAK_NEWSLETTER_TOKEN` and `INFOMANIAK_NEWSLETTER_ID`; `INFOMANIAK_NEWSLETTER_BASE_URL` names another server.
   *
   * @throws {InvalidArgumentError} One of the first two is not set, or no number.
   */
  static fromEnv(settings: NewsletterClientSettings = {}, env: Environment = processEnvironment()): InfomaniakNewsletterClient {
    const token = required(env, NEWSLETTER_ENVIRONMENT.token);
    const domainId = toDomainId(required(env, NEWSLETTER_ENVIRONMENT.domainId));
    return new InfomaniakNewsletterClient({ baseUrl: env[NEWSLETTER_ENVIRONMENT.baseUrl], ...settings, token, domainId });
  }

  /** A client from credentials that come from somewhere else. */
  static fromCredentials(
    { token, expiresAt }: BearerCredentials,
    domainId: number,
    settings: NewsletterClientSettings = {},
  ): InfomaniakNewsletterClient {
    return new InfomaniakNewsletterClient({ ...settings, token, tokenExpiresAt: expiresAt, domainId });
  }

  /** The campaigns, as resources of type `newsletter`. */
  listResources(type?: ResourceType, options: CallOptions = {}): Paged<CloudResource<Campaign>> {
    return listCampaignResources(this.campaigns, type, options);
  }

  async getResource(type: ResourceType, id: string, options: CallOptions = {}): Promise<CloudResource<Campaign>> {
    return getCampaignResource(this.campaigns, type, id, options);
  }

  /** Makes a draft: `name` is the subject, `properties` are those of `CampaignInput`. */
  async createResource(input: CreateResourceInput, options: CallOptions = {}): Promise<CloudResource<Campaign>> {
    return createCampaignResource(this.campaigns, input, options);
  }

  async deleteResource(type: ResourceType, id: string, options: CallOptions = {}): Promise<void> {
    await deleteCampaignResource(this.campaigns, type, id, options);
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.#http.close();
  }
}
