import {
  CloudProvider,
  paged,
  ResourceType,
  UnsupportedOperationError,
  type CallOptions,
  type CloudResource,
  type CreateResourceInput,
  type Paged,
} from '@cmx/cloud-core';
import { invalidArgument, SERVICE } from './api/newsletter-errors.ts';
import type { Campaign, CampaignInput } from './campaigns/campaign.ts';
import type { Campaigns } from './campaigns/campaigns.ts';

/** The inventory view: a campaign is a resource of type `newsletter`, named by its subject. */
export function listCampaignResources(campaigns: Campaigns, type: ResourceType | undefined, options: CallOptions): Paged<CloudResource<Campaign>> {
  if (type !== undefined) checkType(type, 'listResources');
  const list = campaigns.list(options);
  return paged(async (request) => {
    for await (const { items, nextPageToken } of list.byPage(request)) return { items: items.map(toResource), nextPageToken };
    return { items: [] };
  });
}

export async function getCampaignResource(
  campaigns: Campaigns,
  type: ResourceType,
  id: string,
  options: CallOptions,
): Promise<CloudResource<Campaign>> {
  checkType(type, 'getResource');
  return toResource(await campaigns.get(toCampaignId(id), options));
}

export async function createCampaignResource(
  campaigns: Campaigns,
  { type, name, properties = {} }: CreateResourceInput,
  options: CallOptions,
): Promise<CloudResource<Campaign>> {
  checkType(type, 'createResource');
  const missing = ['lang', 'emailFromAddr', 'emailFromName'].filter((property) => typeof properties[property] !== 'string');
  if (missing.length > 0) throw invalidArgument(`A campaign needs ${missing.join(', ')} among its properties`, { details: { missing } });
  return toResource(await campaigns.create({ ...properties, subject: name } as CampaignInput, options));
}

export async function deleteCampaignResource(campaigns: Campaigns, type: ResourceType, id: string, options: CallOptions): Promise<void> {
  checkType(type, 'deleteResource');
  await campaigns.delete(toCampaignId(id), options);
}

function toResource(campaign: Campaign): CloudResource<Campaign> {
  const { id, subject, status, createdAt } = campaign;
  return {
    id: String(id),
    name: subject,
    type: ResourceType.NEWSLETTER,
    provider: CloudProvider.INFOMANIAK,
    state: status,
    createdAt,
    tags: {},
    raw: campaign,
  };
}

/** A text that is no number becomes 0, which no campaign has, so that it is refused by name. */
const toCampaignId = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : 0);

function checkType(type: ResourceType, operation: string): void {
  if (type === ResourceType.NEWSLETTER) return;
  throw new UnsupportedOperationError(`The newsletter has no resources of type ${type}`, { ...SERVICE, operation });
}
