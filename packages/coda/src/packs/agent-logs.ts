import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { path, withQuery } from '../api/path.ts';
import type { PackLog, PackLogDetails } from './pack-log-models.ts';
import type { ListPackLogsOptions } from './pack-logs.ts';

export interface ListAgentLogsOptions extends ListPackLogsOptions {
  agentSessionId?: string | undefined;
}

/**
 * Lists the chat sessions of an agent, an entry for each. Up to 100 in a page.
 *
 * @see https://coda.io/developers/apis/v1#operation/listAgentSessionIds
 */
export function listAgentSessionIds(api: CodaApi, tenantId: string, agentInstanceId: string, options: ListAgentLogsOptions = {}): Paged<PackLog> {
  return api.list('listAgentSessionIds', path`/go/tenants/${tenantId}/agentInstances/${agentInstanceId}/agentSessionIds`, options);
}

/**
 * Lists what an agent did. Up to 100 in a page.
 *
 * @see https://coda.io/developers/apis/v1#operation/listAgentLogs
 */
export function listAgentLogs(api: CodaApi, tenantId: string, agentInstanceId: string, options: ListAgentLogsOptions = {}): Paged<PackLog> {
  return api.list('listAgentLogs', path`/go/tenants/${tenantId}/agentInstances/${agentInstanceId}/logs`, options);
}

/**
 * Reads what an entry of an agent's log leaves out.
 *
 * @param detailsKey - `context.detailsKey` of the entry.
 * @see https://coda.io/developers/apis/v1#operation/getAgentPackLogDetails
 */
export async function getAgentPackLogDetails(
  api: CodaApi,
  tenantId: string,
  agentInstanceId: string,
  logId: string,
  detailsKey: string,
  options: ReadOptions = {},
): Promise<PackLogDetails> {
  return api.read('getAgentPackLogDetails', withQuery(path`/go/tenants/${tenantId}/agentInstances/${agentInstanceId}/logs/${logId}`, { detailsKey }), options);
}
