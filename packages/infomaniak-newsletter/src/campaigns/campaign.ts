import type { SegmentConditions } from '../segments/segment-conditions.ts';

export type CampaignStatus =
  'draft' | 'scheduled' | 'sending' | 'sent' | 'canceled' | 'blocked' | 'sending_failed' | 'scheduled_v1' | 'sending_v1' | 'unknown';

export type CampaignLanguage = 'de_DE' | 'en_GB' | 'es_ES' | 'fr_FR' | 'it_IT';

/** Identifiers in and out. */
export interface Inclusion {
  readonly include?: readonly number[] | undefined;
  readonly exclude?: readonly number[] | undefined;
}

/** Who gets a campaign. */
export interface CampaignRecipients {
  readonly allSubscribers?: boolean | undefined;
  readonly groups?: Inclusion | undefined;
  readonly segments?: Inclusion | undefined;
  readonly emails?: readonly string[] | undefined;
  /** A segment of its own, or (with `id`) a kept one. */
  readonly expert?: { readonly id?: number | null | undefined; readonly conditions?: SegmentConditions | null | undefined } | undefined;
}

export interface TrackingUtm {
  readonly utmSource?: string | undefined;
  readonly utmMedium?: string | undefined;
  readonly utmCampaign?: string | undefined;
}

/** What can be said of a campaign when it is made or changed. */
export interface CampaignInput {
  readonly subject: string;
  readonly lang: CampaignLanguage;
  /** At most 255 characters, as is the name. */
  readonly emailFromAddr: string;
  readonly emailFromName: string;
  readonly preheader?: string | undefined;
  /** The body. Either this or `templateId`. */
  readonly contentHtml?: string | undefined;
  readonly templateId?: number | undefined;
  readonly recipients?: CampaignRecipients | undefined;
  readonly trackingLink?: boolean | undefined;
  readonly trackingOpening?: boolean | undefined;
  readonly trackingUtm?: TrackingUtm | null | undefined;
  readonly unsubLink?: boolean | null | undefined;
  readonly forceSended?: boolean | null | undefined;
}

/** Counts, and rates between 0 and 100. */
export interface CampaignStatistics {
  readonly sentCount: number;
  readonly openCount: number;
  readonly clickCount: number;
  readonly deliveryCount: number;
  readonly complaintCount: number;
  readonly bounceCount: number;
  readonly softBounceCount: number;
  readonly unsubscribeCount: number;
  readonly openRate: number;
  readonly clickRate: number;
  readonly deliveryRate: number;
  readonly complaintRate: number;
  readonly bounceRate: number;
  readonly softBounceRate: number;
  readonly unsubscribeRate: number;
}

/** A campaign. The optional members come when they are named in `with`, or when the service feels like it. */
export interface Campaign {
  readonly id: number;
  readonly domain?: string | undefined;
  readonly status: CampaignStatus;
  readonly subject: string;
  readonly preheader: string;
  readonly lang: CampaignLanguage;
  readonly emailFromName: string;
  readonly emailFromAddr: string;
  readonly trackingLink: boolean;
  readonly trackingOpening: boolean;
  readonly trackingUtm?: TrackingUtm | undefined;
  readonly nextStep: string;
  readonly sendingBatch: string | null;
  /** Absent until it is scheduled or sent. */
  readonly startedAt?: Date | undefined;
  readonly createdAt: Date;
  readonly content?: string | undefined;
  readonly recipients?: CampaignRecipients | undefined;
  readonly subscribersCount?: number | undefined;
  readonly thumbnailUrl?: string | null | undefined;
  readonly designerUrl?: string | null | undefined;
  readonly previewUrl?: string | undefined;
  readonly unsubLink?: string | null | undefined;
  readonly forceSended?: string | null | undefined;
  readonly limitByHour?: number | undefined;
  readonly limitByHourReached?: string | undefined;
  readonly limitByDay?: number | undefined;
  readonly limitByDayReached?: string | undefined;
  readonly statistics?: CampaignStatistics | undefined;
  /** Counts keyed by the names of devices and browsers. */
  readonly advancedStatistics?:
    { readonly mobile: Readonly<Record<string, unknown>>; readonly browser: Readonly<Record<string, unknown>> } | undefined;
}

export interface CampaignFilter {
  readonly search?: string | undefined;
  readonly status?: readonly CampaignStatus[] | undefined;
}

export type TrackingAction =
  | 'bounce'
  | 'click'
  | 'complaint'
  | 'delivery'
  | 'not_delivery'
  | 'not_open'
  | 'open'
  | 'sbounce'
  | 'send'
  | 'unsub'
  | 'unsub-reason'
  | 'v3'
  | 'webform_conversion'
  | 'webform_display';

export type ActivityAction = 'bounce' | 'click' | 'complaint' | 'not_open' | 'open' | 'sbounce' | 'unsub';

/** One line of a report. The service documents none of its members; they come in camel case with times as `Date`. */
export type ReportRecord = Readonly<Record<string, unknown>>;
