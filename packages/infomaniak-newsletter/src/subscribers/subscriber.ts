import type { Selection } from '../api/selection.ts';
import type { Field } from '../fields/fields.ts';
import type { Group } from '../groups/groups.ts';

export type SubscriberStatus = 'active' | 'bounced' | 'junk' | 'unconfirmed' | 'unsubscribed';

export type SubscriberStatusFilter = SubscriberStatus | 'under_verification' | 'all';

export type SubscriberSource = 'api' | 'import' | 'manual' | 'webform';

/** Where and when somebody agreed. */
export interface SubscriptionSource {
  readonly id: number;
  readonly sourceableType: string;
  readonly sourceableId: number;
  readonly type: number;
  readonly ip: string;
  readonly createdAt: Date;
}

/** Somebody who gets campaigns. The optional members come when they are named in `with`. */
export interface Subscriber {
  readonly id: number;
  readonly email: string;
  readonly status: SubscriberStatus | null;
  readonly createdAt: Date;
  /** When the subscriber joined the group that is listed. */
  readonly addedAt?: Date | undefined;
  readonly source?: SubscriberSource | null | undefined;
  readonly lastLocation?: string | null | undefined;
  /** Counts, and rates between 0 and 100. */
  readonly statistics?:
    | { readonly sentCount: number; readonly openCount: number; readonly clickCount: number; readonly openRate: number; readonly clickRate: number }
    | undefined;
  readonly groups?: readonly Group[] | undefined;
  readonly sources?: readonly SubscriptionSource[] | undefined;
  readonly fields?: readonly Field[] | undefined;
}

/** Values by the key of the field: `{ firstname: 'Ada' }`. */
export type FieldValues = Readonly<Record<string, string | number | boolean | null>>;

/** Identifiers of groups, or names of groups that are made when there is none. */
export type GroupReferences = readonly (number | string)[];

export interface SubscriberInput {
  readonly fields?: FieldValues | undefined;
  readonly groups?: GroupReferences | undefined;
  readonly status?: 'active' | 'unsubscribed' | undefined;
}

export interface SubscriberFilter {
  readonly groups?: readonly number[] | undefined;
  readonly search?: string | undefined;
  readonly status?: SubscriberStatusFilter | undefined;
}

export interface SubscriberListFilter extends SubscriberFilter {
  readonly validationStatus?: number | undefined;
}

/** Which subscribers a bulk call is about; `all` can be narrowed by a filter or a segment. */
export type SubscriberSelection = Selection<SubscriberFilter> & { readonly segment?: string | undefined };

/** How many subscribers have each status. */
export type SubscriberCounts = Readonly<Partial<Record<SubscriberStatusFilter, number>>> & Readonly<Record<string, number>>;
