import type { DocReference, Icon } from '../docs/doc-models.ts';

export type AnalyticsScale = 'daily' | 'cumulative';

export type DocAnalyticsDetails = DocReference & {
  readonly title: string;
  readonly icon?: Icon | undefined;
  readonly createdAt: Date;
  readonly publishedAt?: Date | undefined;
};

export interface DocAnalyticsMetrics {
  readonly date: string;
  readonly views: number;
  readonly copies: number;
  readonly likes: number;
  readonly sessionsMobile: number;
  readonly sessionsDesktop: number;
  readonly sessionsOther: number;
  readonly totalSessions: number;
  readonly aiCreditsChat: number;
  readonly aiCreditsBlock: number;
  readonly aiCreditsColumn: number;
  readonly aiCreditsAssistant: number;
  readonly aiCreditsReviewer: number;
  readonly aiCredits: number;
}

export interface DocAnalyticsItem {
  readonly doc: DocAnalyticsDetails;
  readonly metrics: readonly DocAnalyticsMetrics[];
}

export type DocAnalyticsOrderBy =
  | 'date'
  | 'docId'
  | 'title'
  | 'createdAt'
  | 'publishedAt'
  | 'likes'
  | 'copies'
  | 'views'
  | 'sessionsDesktop'
  | 'sessionsMobile'
  | 'sessionsOther'
  | 'totalSessions'
  | 'aiCreditsChat'
  | 'aiCreditsBlock'
  | 'aiCreditsColumn'
  | 'aiCreditsAssistant'
  | 'aiCreditsReviewer'
  | 'aiCredits';

export interface DocAnalyticsSummary {
  readonly totalSessions: number;
}

export interface PageAnalyticsDetails {
  readonly id: string;
  readonly name: string;
  readonly icon?: Icon | undefined;
}

export interface PageAnalyticsMetrics {
  readonly date: string;
  readonly views: number;
  readonly sessions: number;
  readonly users: number;
  readonly averageSecondsViewed: number;
  readonly medianSecondsViewed: number;
  readonly tabs: number;
}

export interface PageAnalyticsItem {
  readonly page: PageAnalyticsDetails;
  readonly metrics: readonly PageAnalyticsMetrics[];
}

/** Days (`2026-11-23`). */
export interface AnalyticsLastUpdated {
  readonly docAnalyticsLastUpdated: string;
  readonly packAnalyticsLastUpdated: string;
  readonly packFormulaAnalyticsLastUpdated: string;
}
