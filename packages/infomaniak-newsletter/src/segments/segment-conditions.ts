/** Who belongs to a segment: at least one of the outer conditions holds, and of each all inner ones. */
export interface SegmentConditions {
  readonly closure: 'OR';
  readonly conds: readonly { readonly closure: 'AND'; readonly conds: readonly SegmentCondition[] }[];
}

export type SegmentCondition = FieldCondition | GroupCondition | CampaignCondition | SubscriptionDateCondition;

/** A custom field's value. */
export interface FieldCondition {
  readonly type: 'meta';
  /** Identifier of the field. */
  readonly metaId: number;
  readonly operator: '=' | '<>' | '<' | '>' | 'like' | 'not like' | 'start' | 'finish';
  /** At most 255 characters. */
  readonly value: string;
}

/** Membership of a group, which this part of the API still calls a mailing list. */
export interface GroupCondition {
  readonly type: 'mailinglist';
  readonly mailinglistId: number;
  readonly operator: 'include' | 'exclude';
}

/** What somebody did with a campaign. */
export interface CampaignCondition {
  readonly type: 'campaign';
  /** `all`: any campaign ever; `any`: of the last 30 days; `last5`: one of the last five; `custom`: the one of `campaignId`. */
  readonly actionId: 'all' | 'any' | 'last5' | 'custom';
  readonly campaignId?: number | undefined;
  readonly operator: 'sent' | 'nosent' | 'open' | 'noopen' | 'click' | 'noclick';
}

/** When somebody subscribed. Dates are `YYYY-MM-DD`. */
export interface SubscriptionDateCondition {
  readonly type: 'created_at';
  readonly operator: '=' | '<' | '>' | 'between';
  readonly date1: string;
  /** With `between` only, not before `date1`. */
  readonly date2?: string | null | undefined;
}
