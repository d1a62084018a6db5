import type { Event, LambdaFunctionConfiguration, NotificationConfiguration, NotificationConfigurationFilter } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, type CallOptions, type Check } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { withoutUndefined } from './mapping.ts';
import type { PutBucketNotificationsOptions } from './s3-client-options.ts';
import { listOf, record, someOf } from './shapes.ts';

/** Who is told of what happens in a bucket. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html */
export interface BucketNotifications {
  readonly rules: readonly BucketNotificationRule[];
  /** Send every event to EventBridge too. Default `false`. */
  readonly eventBridge?: boolean | undefined;
}

export interface BucketNotificationRule {
  readonly id?: string | undefined;
  /** ARN of an SNS topic, an SQS queue or a Lambda function. */
  readonly destination: string;
  /** `s3:ObjectCreated:*`, `s3:ObjectRemoved:Delete` and so on. */
  readonly events: readonly string[];
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
}

const { anyText, text, yesOrNo } = checks;
const DESTINATION: Check = (value) => text(value) ?? (serviceOf(value as string) === undefined ? 'must be the ARN of an SNS topic, an SQS queue or a Lambda function' : undefined);
const RULE = record({ destination: DESTINATION, events: someOf(text) }, { id: text, prefix: anyText, suffix: anyText });
const NOTIFICATIONS = record({ rules: listOf(RULE) }, { eventBridge: yesOrNo });
const PUT_OPTIONS = { ...STORAGE_OPTIONS.call, skipDestinationValidation: { check: yesOrNo } };

export async function getBucketNotifications(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<BucketNotifications> {
  const call = control.check.bucket('getBucketNotifications', bucket, options, STORAGE_OPTIONS.call);
  return toNotifications(await control.send(call, options, (sdk) => new sdk.GetBucketNotificationConfigurationCommand({ Bucket: bucket })));
}

export async function putBucketNotifications(control: ControlPlane, bucket: string, notifications: BucketNotifications, options: PutBucketNotificationsOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketNotifications', bucket, options, PUT_OPTIONS);
  assertArgument(notifications, 'notifications', NOTIFICATIONS, call);
  const input = { Bucket: bucket, NotificationConfiguration: fromNotifications(notifications), SkipDestinationValidation: options.skipDestinationValidation };
  await control.send(call, options, (sdk) => new sdk.PutBucketNotificationConfigurationCommand(input));
}

export function toNotifications(configuration: NotificationConfiguration): BucketNotifications {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [], EventBridgeConfiguration } = configuration;
  const rules = [
    ...TopicConfigurations.map(({ TopicArn, ...rule }) => toRule(TopicArn, rule)),
    ...QueueConfigurations.map(({ QueueArn, ...rule }) => toRule(QueueArn, rule)),
    ...LambdaFunctionConfigurations.map(({ LambdaFunctionArn, ...rule }) => toRule(LambdaFunctionArn, rule)),
  ];
  return { rules, eventBridge: EventBridgeConfiguration !== undefined };
}

export function fromNotifications({ rules, eventBridge }: BucketNotifications): NotificationConfiguration {
  const of = (service: Service): BucketNotificationRule[] => rules.filter(({ destination }) => serviceOf(destination) === service);
  return {
    TopicConfigurations: of('sns').map((rule) => ({ TopicArn: rule.destination, ...fromRule(rule) })),
    QueueConfigurations: of('sqs').map((rule) => ({ QueueArn: rule.destination, ...fromRule(rule) })),
    LambdaFunctionConfigurations: of('lambda').map((rule) => ({ LambdaFunctionArn: rule.destination, ...fromRule(rule) })),
    EventBridgeConfiguration: eventBridge ? {} : undefined,
  };
}

/** What all three kinds of destination have. */
type SdkRule = Pick<LambdaFunctionConfiguration, 'Id' | 'Events' | 'Filter'>;

function toRule(destination: string | undefined, { Id, Events, Filter }: SdkRule): BucketNotificationRule {
  return withoutUndefined({ id: Id, destination: destination ?? '', events: Events ?? [], prefix: filterValue(Filter, 'prefix'), suffix: filterValue(Filter, 'suffix') });
}

function fromRule({ id, events, prefix, suffix }: BucketNotificationRule): SdkRule {
  const rules = [...(prefix === undefined ? [] : [{ Name: 'prefix' as const, Value: prefix }]), ...(suffix === undefined ? [] : [{ Name: 'suffix' as const, Value: suffix }])];
  return { Id: id, Events: events as Event[], Filter: rules.length === 0 ? undefined : { Key: { FilterRules: rules } } };
}

/** S3 answers with capitals where it was asked without. */
function filterValue(filter: NotificationConfigurationFilter | undefined, name: string): string | undefined {
  return filter?.Key?.FilterRules?.find(({ Name }) => Name?.toLowerCase() === name)?.Value;
}

type Service = 'sns' | 'sqs' | 'lambda';

function serviceOf(arn: string): Service | undefined {
  const service = /^arn:[^:]+:([^:]+):[^:]*:[^:]*:./.exec(arn)?.[1];
  return service === 'sns' || service === 'sqs' || service === 'lambda' ? service : undefined;
}
