import type { Paged } from '@cmx/cloud-core';
import { readPath, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { AnalyticsScale } from './doc-analytics-models.ts';
import type { AnalyticsPeriod } from './doc-analytics.ts';
import type {
  PackAnalyticsItem,
  PackAnalyticsOrderBy,
  PackAnalyticsSummary,
  PackFormulaAnalyticsItem,
  PackFormulaAnalyticsOrderBy,
  PackFormulaType,
} from './pack-analytics-models.ts';

export interface ListPackAnalyticsOptions extends ListOptions, AnalyticsPeriod {
  /** Default: all packs. */
  packIds?: readonly number[] | undefined;
  workspaceId?: string | undefined;
  /** Search term. */
  query?: string | undefined;
  isPublished?: boolean | undefined;
  /** Default `daily`. */
  scale?: AnalyticsScale | undefined;
  orderBy?: PackAnalyticsOrderBy | undefined;
  direction?: 'ascending' | 'descending' | undefined;
}

export interface PackAnalyticsSummaryOptions extends ReadOptions, AnalyticsPeriod {
  packIds?: readonly number[] | undefined;
  workspaceId?: string | undefined;
  isPublished?: boolean | undefined;
}

export interface ListPackFormulaAnalyticsOptions extends ListOptions, AnalyticsPeriod {
  packFormulaNames?: readonly string[] | undefined;
  packFormulaTypes?: readonly PackFormulaType[] | undefined;
  scale?: AnalyticsScale | undefined;
  orderBy?: PackFormulaAnalyticsOrderBy | undefined;
  direction?: 'ascending' | 'descending' | undefined;
}

/**
 * Lists how much packs were used, day by day. Up to 5,000 in a page.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackAnalytics
 */
export function listPackAnalytics(api: CodaApi, options: ListPackAnalyticsOptions = {}): Paged<PackAnalyticsItem> {
  return api.list('listPackAnalytics', '/analytics/packs', options, 'analytics');
}

/**
 * Sums up how much packs were used.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackAnalyticsSummary
 */
export async function listPackAnalyticsSummary(api: CodaApi, options: PackAnalyticsSummaryOptions = {}): Promise<PackAnalyticsSummary> {
  return api.read('listPackAnalyticsSummary', readPath('/analytics/packs/summary', options), options, 'analytics');
}

/**
 * Lists how much the formulas of a pack were used.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackFormulaAnalytics
 */
export function listPackFormulaAnalytics(api: CodaApi, packId: number, options: ListPackFormulaAnalyticsOptions = {}): Paged<PackFormulaAnalyticsItem> {
  return api.list('listPackFormulaAnalytics', path`/analytics/packs/${packId}/formulas`, options, 'analytics');
}
