import type { Paged } from '@cmx/cloud-core';
import { readPath, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { AnalyticsLastUpdated, AnalyticsScale, DocAnalyticsItem, DocAnalyticsOrderBy, DocAnalyticsSummary, PageAnalyticsItem } from './doc-analytics-models.ts';

/** Days, both included: `2026-11-23`. */
export interface AnalyticsPeriod {
  sinceDate?: string | undefined;
  untilDate?: string | undefined;
}

export interface ListDocAnalyticsOptions extends ListOptions, AnalyticsPeriod {
  /** Default: all docs. */
  docIds?: readonly string[] | undefined;
  workspaceId?: string | undefined;
  /** Search term. */
  query?: string | undefined;
  isPublished?: boolean | undefined;
  /** Default `daily`. */
  scale?: AnalyticsScale | undefined;
  orderBy?: DocAnalyticsOrderBy | undefined;
  direction?: 'ascending' | 'descending' | undefined;
}

export interface DocAnalyticsSummaryOptions extends ReadOptions, AnalyticsPeriod {
  workspaceId?: string | undefined;
  isPublished?: boolean | undefined;
}

export interface ListPageAnalyticsOptions extends ListOptions, AnalyticsPeriod {}

/**
 * Lists how much docs were used, day by day. Up to 5,000 in a page.
 *
 * @see https://coda.io/developers/apis/v1#operation/listDocAnalytics
 */
export function listDocAnalytics(api: CodaApi, options: ListDocAnalyticsOptions = {}): Paged<DocAnalyticsItem> {
  return api.list('listDocAnalytics', '/analytics/docs', options, 'analytics');
}

/**
 * Lists how much the pages of a doc were used. Enterprise workspaces only.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPageAnalytics
 */
export function listPageAnalytics(api: CodaApi, docId: string, options: ListPageAnalyticsOptions = {}): Paged<PageAnalyticsItem> {
  return api.list('listPageAnalytics', path`/analytics/docs/${docId}/pages`, options, 'analytics');
}

/**
 * Sums up how much docs were used.
 *
 * @see https://coda.io/developers/apis/v1#operation/listDocAnalyticsSummary
 */
export async function listDocAnalyticsSummary(api: CodaApi, options: DocAnalyticsSummaryOptions = {}): Promise<DocAnalyticsSummary> {
  return api.read('listDocAnalyticsSummary', readPath('/analytics/docs/summary', options), options, 'analytics');
}

/**
 * Tells up to which day there are analytics.
 *
 * @see https://coda.io/developers/apis/v1#operation/getAnalyticsLastUpdated
 */
export async function getAnalyticsLastUpdated(api: CodaApi, options: ReadOptions = {}): Promise<AnalyticsLastUpdated> {
  return api.read('getAnalyticsLastUpdated', '/analytics/updated', options, 'analytics');
}
