import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { path } from '../api/path.ts';

export interface AddGoLinkInput {
  /** What is typed behind `go/`. */
  readonly name: string;
  readonly destinationUrl: string;
  readonly description?: string | undefined;
  /** Destination with placeholders: `https://example.com/{*}`. */
  readonly urlPattern?: string | null | undefined;
  readonly creatorEmail?: string | null | undefined;
}

/**
 * Adds a go link to an organization.
 *
 * @see https://coda.io/developers/apis/v1#operation/addGoLink
 */
export async function addGoLink(api: CodaApi, organizationId: string, link: AddGoLinkInput, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'addGoLink', method: 'POST', path: path`/organizations/${organizationId}/goLinks`, body: link }, options);
}
