import type { InfomaniakNewsletterClient } from '@cmx/cloud/infomaniak-newsletter';
import { z } from 'zod';
import { connectionOf } from '../connections/connection-input.ts';
import type { OperationContext } from '../operation-context.ts';

const TYPE = 'infomaniak-newsletter';

export const connection = connectionOf(TYPE);
export const campaignId = z.coerce.number({ error: 'must be the number of a campaign' }).int().positive().describe('Number of the campaign');

/** Items that every list of the newsletter's gives at once. */
export const LARGEST_PAGE = 100;

/** @throws {InvalidArgumentError} The connection is of another type. */
export async function openNewsletter(name: string | undefined, context: OperationContext): Promise<InfomaniakNewsletterClient> {
  return (await context.client(TYPE, name)) as InfomaniakNewsletterClient;
}
