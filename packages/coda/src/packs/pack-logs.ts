import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path, withQuery } from '../api/path.ts';
import type { IngestionStatus } from './ingestion-models.ts';
import type { GroupedPackLog, PackLog, PackLogDetails, PackLogType } from './pack-log-models.ts';

export interface ListGroupedPackLogsOptions extends ListOptions {
  beforeTimestamp?: Date | undefined;
  afterTimestamp?: Date | undefined;
  order?: 'asc' | 'desc' | undefined;
  /** Search term. */
  q?: string | undefined;
}

export interface ListPackLogsOptions extends ListGroupedPackLogsOptions {
  logTypes?: readonly PackLogType[] | undefined;
  requestIds?: readonly string[] | undefined;
}

export interface ListIngestionLogsOptions extends ListPackLogsOptions {
  ingestionExecutionId?: string | undefined;
  ingestionStatus?: IngestionStatus | undefined;
  onlyExecutionCompletions?: boolean | undefined;
}

export interface ListGroupedIngestionLogsOptions extends ListGroupedPackLogsOptions {
  ingestionExecutionId?: string | undefined;
}

/**
 * Lists what a pack did in a doc. Up to 100 in a page.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackLogs
 */
export function listPackLogs(api: CodaApi, packId: number, docId: string, options: ListPackLogsOptions = {}): Paged<PackLog> {
  return api.list('listPackLogs', path`/packs/${packId}/docs/${docId}/logs`, options);
}

/**
 * Lists what a pack did in a doc, grouped by invocation.
 *
 * @see https://coda.io/developers/apis/v1#operation/listGroupedPackLogs
 */
export function listGroupedPackLogs(api: CodaApi, packId: number, docId: string, options: ListGroupedPackLogsOptions = {}): Paged<GroupedPackLog> {
  return api.list('listGroupedPackLogs', path`/packs/${packId}/docs/${docId}/groupedLogs`, options);
}

/**
 * Lists what an ingestion of a pack did. Up to 100 in a page.
 *
 * @see https://coda.io/developers/apis/v1#operation/listIngestionLogs
 */
export function listIngestionLogs(api: CodaApi, packId: number, tenantId: string, rootIngestionId: string, options: ListIngestionLogsOptions = {}): Paged<PackLog> {
  return api.list('listIngestionLogs', path`/packs/${packId}/tenantId/${tenantId}/rootIngestionId/${rootIngestionId}/logs`, options);
}

/**
 * Lists what an ingestion of a pack did, grouped by invocation.
 *
 * @see https://coda.io/developers/apis/v1#operation/listGroupedIngestionLogs
 */
export function listGroupedIngestionLogs(
  api: CodaApi,
  packId: number,
  tenantId: string,
  rootIngestionId: string,
  options: ListGroupedIngestionLogsOptions = {},
): Paged<GroupedPackLog> {
  return api.list('listGroupedIngestionLogs', path`/packs/${packId}/tenantId/${tenantId}/rootIngestionId/${rootIngestionId}/groupedLogs`, options);
}

/**
 * Reads what an entry of an ingestion's log leaves out.
 *
 * @param detailsKey - `context.detailsKey` of the entry.
 * @see https://coda.io/developers/apis/v1#operation/getPackLogDetails
 */
export async function getPackLogDetails(
  api: CodaApi,
  packId: number,
  tenantId: string,
  rootIngestionId: string,
  logId: string,
  detailsKey: string,
  options: ReadOptions = {},
): Promise<PackLogDetails> {
  return api.read('getPackLogDetails', withQuery(path`/packs/${packId}/tenantId/${tenantId}/rootIngestionId/${rootIngestionId}/logs/${logId}`, { detailsKey }), options);
}
