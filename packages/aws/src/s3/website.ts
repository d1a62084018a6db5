import type { GetBucketWebsiteOutput, RoutingRule, WebsiteConfiguration as SdkWebsite } from '@aws-sdk/client-s3';
import { assertArgument, checks, STORAGE_OPTIONS, UnsupportedOperationError, type CallOptions, type WebsiteConfiguration } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import { withoutUndefined } from './mapping.ts';
import { ifConfigured } from './s3-errors.ts';
import { listOf, record } from './shapes.ts';

export interface S3WebsiteConfiguration extends WebsiteConfiguration {
  /** Tried in order; the first whose conditions hold redirects. */
  readonly routingRules?: readonly S3RoutingRule[] | undefined;
}

/** Where some requests to a website are sent instead. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_RoutingRule.html */
export interface S3RoutingRule {
  /** Both must hold where both are given; without any, the rule always applies. */
  readonly condition?: { readonly keyPrefix?: string | undefined; readonly errorStatus?: number | undefined } | undefined;
  readonly redirect: {
    readonly hostName?: string | undefined;
    readonly protocol?: 'http' | 'https' | undefined;
    /** Default 301. */
    readonly status?: number | undefined;
    /** Put in the place of `condition.keyPrefix`. */
    readonly keyPrefix?: string | undefined;
    /** Put in the place of the whole key. */
    readonly key?: string | undefined;
  };
}

const { text, anyText, positiveInteger, oneOf } = checks;
const REDIRECT = record({}, { hostName: text, protocol: oneOf('http', 'https'), status: positiveInteger, keyPrefix: anyText, key: text });
const ROUTING_RULE = record({ redirect: REDIRECT }, { condition: record({}, { keyPrefix: anyText, errorStatus: positiveInteger }) });
const WEBSITE = record({ indexDocument: text }, { errorDocument: text, routingRules: listOf(ROUTING_RULE) });

export async function getBucketWebsite(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<S3WebsiteConfiguration | undefined> {
  const call = control.check.bucket('getBucketWebsite', bucket, options, STORAGE_OPTIONS.call, 'website');
  const answer = await ifConfigured(control.send(call, options, (sdk) => new sdk.GetBucketWebsiteCommand({ Bucket: bucket })));
  if (answer?.RedirectAllRequestsTo) {
    throw new UnsupportedOperationError(`The website only redirects to ${answer.RedirectAllRequestsTo.HostName ?? 'another host'}: it has no documents`, { ...call, phase: 'response' });
  }
  return answer && toWebsite(answer);
}

export async function putBucketWebsite(control: ControlPlane, bucket: string, website: S3WebsiteConfiguration, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('putBucketWebsite', bucket, options, STORAGE_OPTIONS.call, 'website');
  assertArgument(website, 'website', WEBSITE, call);
  await control.send(call, options, (sdk) => new sdk.PutBucketWebsiteCommand({ Bucket: bucket, WebsiteConfiguration: fromWebsite(website) }));
}

export async function deleteBucketWebsite(control: ControlPlane, bucket: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.bucket('deleteBucketWebsite', bucket, options, STORAGE_OPTIONS.call, 'website');
  await control.send(call, options, (sdk) => new sdk.DeleteBucketWebsiteCommand({ Bucket: bucket }));
}

export function toWebsite({ IndexDocument, ErrorDocument, RoutingRules }: Pick<GetBucketWebsiteOutput, 'IndexDocument' | 'ErrorDocument' | 'RoutingRules'>): S3WebsiteConfiguration {
  return withoutUndefined({
    indexDocument: IndexDocument?.Suffix ?? '',
    errorDocument: ErrorDocument?.Key,
    routingRules: RoutingRules?.length ? RoutingRules.map(toRoutingRule) : undefined,
  });
}

export function fromWebsite({ indexDocument, errorDocument, routingRules }: S3WebsiteConfiguration): SdkWebsite {
  return {
    IndexDocument: { Suffix: indexDocument },
    ErrorDocument: errorDocument === undefined ? undefined : { Key: errorDocument },
    RoutingRules: routingRules?.length ? routingRules.map(fromRoutingRule) : undefined,
  };
}

function toRoutingRule({ Condition, Redirect = {} }: RoutingRule): S3RoutingRule {
  return withoutUndefined({
    condition: Condition && withoutUndefined({ keyPrefix: Condition.KeyPrefixEquals, errorStatus: toNumber(Condition.HttpErrorCodeReturnedEquals) }),
    redirect: withoutUndefined({
      hostName: Redirect.HostName,
      protocol: Redirect.Protocol,
      status: toNumber(Redirect.HttpRedirectCode),
      keyPrefix: Redirect.ReplaceKeyPrefixWith,
      key: Redirect.ReplaceKeyWith,
    }),
  });
}

function fromRoutingRule({ condition, redirect }: S3RoutingRule): RoutingRule {
  return {
    Condition: condition && { KeyPrefixEquals: condition.keyPrefix, HttpErrorCodeReturnedEquals: condition.errorStatus?.toString() },
    Redirect: {
      HostName: redirect.hostName,
      Protocol: redirect.protocol,
      HttpRedirectCode: redirect.status?.toString(),
      ReplaceKeyPrefixWith: redirect.keyPrefix,
      ReplaceKeyWith: redirect.key,
    },
  };
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
