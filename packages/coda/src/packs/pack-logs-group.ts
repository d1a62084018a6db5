import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { getAgentPackLogDetails, listAgentLogs, listAgentSessionIds, type ListAgentLogsOptions } from './agent-logs.ts';
import type { IngestionBatchExecution, IngestionParentItem } from './ingestion-models.ts';
import { listIngestionBatchExecutions, listIngestionParentItems, type ListIngestionBatchExecutionsOptions, type ListIngestionParentItemsOptions } from './ingestions.ts';
import type { GroupedPackLog, PackLog, PackLogDetails } from './pack-log-models.ts';
import {
  getPackLogDetails,
  listGroupedIngestionLogs,
  listGroupedPackLogs,
  listIngestionLogs,
  listPackLogs,
  type ListGroupedIngestionLogsOptions,
  type ListGroupedPackLogsOptions,
  type ListIngestionLogsOptions,
  type ListPackLogsOptions,
} from './pack-logs.ts';

/** What packs, ingestions and agents did. */
export class PackLogs {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists what a pack did in a doc. Up to 100 in a page. */
  list(packId: number, docId: string, options: ListPackLogsOptions = {}): Paged<PackLog> {
    return listPackLogs(this.#api, packId, docId, options);
  }

  /** Lists what a pack did in a doc, grouped by invocation. */
  listGrouped(packId: number, docId: string, options: ListGroupedPackLogsOptions = {}): Paged<GroupedPackLog> {
    return listGroupedPackLogs(this.#api, packId, docId, options);
  }

  /** Lists what an ingestion of a pack did. Up to 100 in a page. */
  listIngestion(packId: number, tenantId: string, rootIngestionId: string, options: ListIngestionLogsOptions = {}): Paged<PackLog> {
    return listIngestionLogs(this.#api, packId, tenantId, rootIngestionId, options);
  }

  /** Lists what an ingestion of a pack did, grouped by invocation. */
  listGroupedIngestion(packId: number, tenantId: string, rootIngestionId: string, options: ListGroupedIngestionLogsOptions = {}): Paged<GroupedPackLog> {
    return listGroupedIngestionLogs(this.#api, packId, tenantId, rootIngestionId, options);
  }

  /** Reads what an entry of an ingestion's log leaves out. */
  getDetails(packId: number, tenantId: string, rootIngestionId: string, logId: string, detailsKey: string, options: ReadOptions = {}): Promise<PackLogDetails> {
    return getPackLogDetails(this.#api, packId, tenantId, rootIngestionId, logId, detailsKey, options);
  }

  /** Lists the runs of an ingestion. */
  listIngestionExecutions(packId: number, tenantId: string, rootIngestionId: string, options: ListIngestionBatchExecutionsOptions = {}): Paged<IngestionBatchExecution> {
    return listIngestionBatchExecutions(this.#api, packId, tenantId, rootIngestionId, options);
  }

  /** Lists the items a run of an ingestion went through. */
  listIngestionParentItems(
    packId: number,
    tenantId: string,
    rootIngestionId: string,
    ingestionExecutionId: string,
    ingestionId: string,
    options: ListIngestionParentItemsOptions = {},
  ): Paged<IngestionParentItem> {
    return listIngestionParentItems(this.#api, packId, tenantId, rootIngestionId, ingestionExecutionId, ingestionId, options);
  }

  /** Lists the chat sessions of an agent, an entry for each. Up to 100 in a page. */
  listAgentSessions(tenantId: string, agentInstanceId: string, options: ListAgentLogsOptions = {}): Paged<PackLog> {
    return listAgentSessionIds(this.#api, tenantId, agentInstanceId, options);
  }

  /** Lists what an agent did. Up to 100 in a page. */
  listAgent(tenantId: string, agentInstanceId: string, options: ListAgentLogsOptions = {}): Paged<PackLog> {
    return listAgentLogs(this.#api, tenantId, agentInstanceId, options);
  }

  /** Reads what an entry of an agent's log leaves out. */
  getAgentDetails(tenantId: string, agentInstanceId: string, logId: string, detailsKey: string, options: ReadOptions = {}): Promise<PackLogDetails> {
    return getAgentPackLogDetails(this.#api, tenantId, agentInstanceId, logId, detailsKey, options);
  }
}
