export type { CountedList, ListOptions, SortOptions, SortOrder } from './api/lists.ts';
export { NEWSLETTER_ERROR_CODES, type ValidationProblem } from './api/newsletter-errors.ts';
export type { Selection, SelectionOfAll } from './api/selection.ts';
export type { WithOptions } from './api/with-options.ts';
export type {
  ActivityAction,
  Campaign,
  CampaignFilter,
  CampaignInput,
  CampaignLanguage,
  CampaignRecipients,
  CampaignStatistics,
  CampaignStatus,
  Inclusion,
  ReportRecord,
  TrackingAction,
  TrackingUtm,
} from './campaigns/campaign.ts';
export type { ActivityReportOptions, Campaigns, ListCampaignsOptions, TrackingOptions } from './campaigns/campaigns.ts';
export { infomaniakNewsletterConnection } from './connection.ts';
export type { Credit, CreditDetails, Credits, ListCreditsOptions } from './credits/credits.ts';
export type { Domain, DomainStatus, NewsletterDomain } from './domain/domain.ts';
export type { CreateFieldOptions, Field, Fields, FieldType, ListFieldsOptions } from './fields/fields.ts';
export type { Group, GroupFilter, Groups, ListGroupsOptions, ListMembersOptions } from './groups/groups.ts';
export type { Environment, InfomaniakNewsletterClientOptions, NewsletterClientSettings } from './infomaniak-newsletter-client-options.ts';
export { InfomaniakNewsletterClient } from './infomaniak-newsletter-client.ts';
export type { Operations } from './operations/operations.ts';
export type { OperationOutcome } from './operations/operation-outcome.ts';
export type {
  CampaignCondition,
  FieldCondition,
  GroupCondition,
  SegmentCondition,
  SegmentConditions,
  SubscriptionDateCondition,
} from './segments/segment-conditions.ts';
export type { ListSegmentsOptions, Segment, SegmentFilter, SegmentInput, Segments } from './segments/segments.ts';
export type { RejectedRow } from './subscribers/import/check-rows.ts';
export type { CsvDialect } from './subscribers/import/csv.ts';
export type { CsvEncoding, CsvSource } from './subscribers/import/decode-csv.ts';
export type { ImportBatch, ImportColumn, ImportCsvOptions, ImportPlan, ImportReport, RowRange } from './subscribers/import/plan-import.ts';
export type { ImportUploadOptions } from './subscribers/import/upload.ts';
export type {
  FieldValues,
  GroupReferences,
  Subscriber,
  SubscriberCounts,
  SubscriberFilter,
  SubscriberInput,
  SubscriberListFilter,
  SubscriberSelection,
  SubscriberSource,
  SubscriberStatus,
  SubscriberStatusFilter,
  SubscriptionSource,
} from './subscribers/subscriber.ts';
export type { FilterSubscribersOptions, ListSubscribersOptions, Subscribers } from './subscribers/subscribers.ts';
export type { Template, Templates } from './templates/templates.ts';
export type { Webform, WebformFieldInput, WebformInput } from './webforms/webform.ts';
export type { ListWebformsOptions, Webforms } from './webforms/webforms.ts';
