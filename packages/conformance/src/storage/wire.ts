import type { MadeUpAnswer } from '../fault-proxy/faults.ts';

/** Recognises requests by method, path and query. */
export interface RequestPattern {
  readonly method: string;
  readonly path: RegExp;
}

/** The kinds of request the suite aims faults at. */
export type StorageRequestKind =
  | 'readObject'
  | 'writeObject'
  | 'copyObject'
  | 'listObjects'
  | 'createUpload'
  | 'uploadPart'
  | 'copyPart'
  | 'completeUpload'
  | 'batchDelete';

/**
 * How a service speaks on the wire: which request does what, and how it words its refusals. The suite needs it to inject
 * faults that look like the service's own.
 */
export interface StorageWire {
  /** A kind the service does not have is left out; cases about it do not apply then. */
  readonly requests: Readonly<Partial<Record<StorageRequestKind, RequestPattern>>> & Readonly<Record<'readObject' | 'writeObject' | 'listObjects', RequestPattern>>;
  readonly answers: {
    /** Asks to slow down: 429 or 503. */
    readonly slowDown: MadeUpAnswer;
    /** The service's 500. */
    readonly internalError: MadeUpAnswer;
    readonly forbidden: MadeUpAnswer;
    readonly unauthenticated: MadeUpAnswer;
    /** Credentials that were good have expired. */
    readonly expiredCredentials: MadeUpAnswer;
    /** The request's time is too far from the service's. Left out where requests carry no time. */
    readonly clockSkew?: MadeUpAnswer;
    /** Another write of the same thing is under way: to be repeated. Left out where the service has no word for that. */
    readonly passingConflicts?: readonly MadeUpAnswer[];
    /** The bucket is in another region, which the answer names. Left out where the service has no word for that. */
    readonly wrongRegion?: MadeUpAnswer;
    /** A body that makes a success status an error. Left out where the service never does that. */
    readonly errorInSuccess?: string;
  };
}

function s3Error(status: number, code: string, more = ''): MadeUpAnswer {
  return { status, headers: { 'Content-Type': 'application/xml', 'x-amz-request-id': 'CMX0CONFORMANCE0' }, body: s3ErrorBody(code, more) };
}

function s3ErrorBody(code: string, more = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>Made up by the fault proxy.</Message>${more}</Error>`;
}

const NO_SUBRESOURCE = '(?!.*[?&](?:uploads|uploadId|partNumber|versions|versioning|tagging|acl|location|lifecycle|cors|delete)\\b)';

/** S3 with path-style addresses, as every S3-compatible server speaks it. */
export const S3_WIRE: StorageWire = {
  requests: {
    readObject: { method: 'GET', path: new RegExp(`^${NO_SUBRESOURCE}/[^/?]+/[^?]`) },
    writeObject: { method: 'PUT', path: new RegExp(`^${NO_SUBRESOURCE}/[^/?]+/[^?]`) },
    copyObject: { method: 'PUT', path: new RegExp(`^${NO_SUBRESOURCE}/[^/?]+/[^?]`) },
    listObjects: { method: 'GET', path: new RegExp(`^${NO_SUBRESOURCE}/[^/?]+/?(?:\\?|$)`) },
    createUpload: { method: 'POST', path: /[?&]uploads\b/ },
    uploadPart: { method: 'PUT', path: /[?&]partNumber=/ },
    copyPart: { method: 'PUT', path: /[?&]partNumber=/ },
    completeUpload: { method: 'POST', path: /[?&]uploadId=/ },
    batchDelete: { method: 'POST', path: /[?&]delete\b/ },
  },
  answers: {
    slowDown: s3Error(503, 'SlowDown'),
    internalError: s3Error(500, 'InternalError'),
    forbidden: s3Error(403, 'AccessDenied'),
    unauthenticated: s3Error(401, 'InvalidAccessKeyId'),
    expiredCredentials: s3Error(400, 'ExpiredToken'),
    clockSkew: s3Error(403, 'RequestTimeTooSkewed'),
    passingConflicts: [s3Error(409, 'ConditionalRequestConflict'), s3Error(409, 'OperationAborted')],
    wrongRegion: s3Error(400, 'AuthorizationHeaderMalformed', '<Region>nowhere-1</Region>'),
    errorInSuccess: s3ErrorBody('InternalError'),
  },
};
