import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions } from '../api/coda-api.ts';
import { path, withQuery } from '../api/path.ts';
import type { IngestionBatchExecution, IngestionExecutionType, IngestionParentItem, IngestionStatus } from './ingestion-models.ts';

export interface ListIngestionBatchExecutionsOptions extends ListOptions {
  datasource?: string | undefined;
  executionType?: IngestionExecutionType | undefined;
  includeDeletedIngestions?: boolean | undefined;
  ingestionExecutionId?: string | undefined;
  ingestionId?: string | undefined;
  ingestionStatus?: IngestionStatus | undefined;
}

export interface ListIngestionParentItemsOptions extends ListOptions {
  ingestionStatus?: IngestionStatus | undefined;
}

/**
 * Lists the runs of an ingestion.
 *
 * @see https://coda.io/developers/apis/v1#operation/listIngestionBatchExecutions
 */
export function listIngestionBatchExecutions(
  api: CodaApi,
  packId: number,
  tenantId: string,
  rootIngestionId: string,
  options: ListIngestionBatchExecutionsOptions = {},
): Paged<IngestionBatchExecution> {
  return api.list('listIngestionBatchExecutions', path`/packs/${packId}/tenantId/${tenantId}/rootIngestionId/${rootIngestionId}/ingestionBatchExecutions`, options);
}

/**
 * Lists the items a run of an ingestion went through.
 *
 * @see https://coda.io/developers/apis/v1#operation/listIngestionParentItems
 */
export function listIngestionParentItems(
  api: CodaApi,
  packId: number,
  tenantId: string,
  rootIngestionId: string,
  ingestionExecutionId: string,
  ingestionId: string,
  options: ListIngestionParentItemsOptions = {},
): Paged<IngestionParentItem> {
  const run = path`/packs/${packId}/tenantId/${tenantId}/rootIngestionId/${rootIngestionId}/ingestionBatchExecutions/${ingestionExecutionId}`;
  return api.list('listIngestionParentItems', withQuery(`${run}/parentItems`, { ingestionId }), options);
}
