import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { AnalyticsLastUpdated, DocAnalyticsItem, DocAnalyticsSummary, PageAnalyticsItem } from './doc-analytics-models.ts';
import {
  getAnalyticsLastUpdated,
  listDocAnalytics,
  listDocAnalyticsSummary,
  listPageAnalytics,
  type DocAnalyticsSummaryOptions,
  type ListDocAnalyticsOptions,
  type ListPageAnalyticsOptions,
} from './doc-analytics.ts';
import type { PackAnalyticsItem, PackAnalyticsSummary, PackFormulaAnalyticsItem } from './pack-analytics-models.ts';
import {
  listPackAnalytics,
  listPackAnalyticsSummary,
  listPackFormulaAnalytics,
  type ListPackAnalyticsOptions,
  type ListPackFormulaAnalyticsOptions,
  type PackAnalyticsSummaryOptions,
} from './pack-analytics.ts';

/** How much docs, pages, packs and formulas are used. */
export class Analytics {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists how much docs were used, day by day. Up to 5,000 in a page. */
  listDocs(options: ListDocAnalyticsOptions = {}): Paged<DocAnalyticsItem> {
    return listDocAnalytics(this.#api, options);
  }

  /** Lists how much the pages of a doc were used. Enterprise workspaces only. */
  listPages(docId: string, options: ListPageAnalyticsOptions = {}): Paged<PageAnalyticsItem> {
    return listPageAnalytics(this.#api, docId, options);
  }

  /** Sums up how much docs were used. */
  summarizeDocs(options: DocAnalyticsSummaryOptions = {}): Promise<DocAnalyticsSummary> {
    return listDocAnalyticsSummary(this.#api, options);
  }

  /** Tells up to which day there are analytics. */
  getLastUpdated(options: ReadOptions = {}): Promise<AnalyticsLastUpdated> {
    return getAnalyticsLastUpdated(this.#api, options);
  }

  /** Lists how much packs were used, day by day. Up to 5,000 in a page. */
  listPacks(options: ListPackAnalyticsOptions = {}): Paged<PackAnalyticsItem> {
    return listPackAnalytics(this.#api, options);
  }

  /** Sums up how much packs were used. */
  summarizePacks(options: PackAnalyticsSummaryOptions = {}): Promise<PackAnalyticsSummary> {
    return listPackAnalyticsSummary(this.#api, options);
  }

  /** Lists how much the formulas of a pack were used. */
  listPackFormulas(packId: number, options: ListPackFormulaAnalyticsOptions = {}): Paged<PackFormulaAnalyticsItem> {
    return listPackFormulaAnalytics(this.#api, packId, options);
  }
}
