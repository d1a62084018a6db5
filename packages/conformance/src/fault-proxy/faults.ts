/** How a connection ends before its time: an orderly FIN, or a RST as from a crashed peer. */
export type CutBy = 'fin' | 'rst';

/**
 * A `Retry-After` header. A number is whole seconds; `{ dateInMs }` is an HTTP-date that many milliseconds from now;
 * a string is sent as it is, however absurd.
 */
export type RetryAfter = number | string | { readonly dateInMs: number };

/** An answer the proxy makes up. */
export interface MadeUpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: empty. */
  readonly body?: string | Uint8Array;
}

/** The answer's body ends early. */
export type BodyFault =
  /**
   * The connection ends after `afterBytes` of the body, while the headers promised all of it. With `framing: 'chunked'`
   * the promise is the missing last chunk rather than a `Content-Length`. A shorter body passes whole.
   */
  | { readonly kind: 'truncate'; readonly afterBytes: number; readonly by: CutBy; readonly framing?: 'length' | 'chunked' }
  /** Only the first `toBytes` of the body, with a `Content-Length` that agrees: the loss shows in checksums alone. */
  | { readonly kind: 'shorten'; readonly toBytes: number }
  /** The target's status and headers, but no body, and a `Content-Length` of 0. */
  | { readonly kind: 'empty-body' }
  /** One byte of the body has all its bits turned over; headers, checksums included, stay. */
  | { readonly kind: 'flip-byte'; readonly atByte: number }
  /** The body stops after `afterBytes`, socket open, for `durationInMs` (default: until the client leaves). */
  | { readonly kind: 'stall-body'; readonly afterBytes: number; readonly durationInMs?: number }
  /** The body comes in pieces of `bytesPerInterval`, one each `intervalInMs`. */
  | { readonly kind: 'trickle'; readonly bytesPerInterval: number; readonly intervalInMs: number };

/** The answer's head is wrong. */
export type HeaderFault =
  /** Headers are set, or removed where the value is `null`: a wrong checksum, a wrong ETag, no length. */
  | { readonly kind: 'rewrite-headers'; readonly headers: Readonly<Record<string, string | null>> }
  /**
   * The whole object comes back with 200, since the target never sees the request's `Range`. Where a SigV4 signature covers that
   * header, the slice is widened instead: as long as the object, with zeros for the bytes that were not asked for.
   */
  | { readonly kind: 'ignore-range' }
  /** The `Content-Range` of a 206 claims a slice `shiftByBytes` further on; the bytes are those asked for. */
  | { readonly kind: 'wrong-content-range'; readonly shiftByBytes: number }
  /**
   * The object seems replaced: another `ETag` and, when given, another `body`. `If-Match` is kept from the target, unless a SigV4
   * signature covers it.
   */
  | { readonly kind: 'changed-object'; readonly etag: string; readonly body?: string | Uint8Array }
  /** Nothing comes, headers included, for `durationInMs` (default: until the client leaves). The target is asked afterwards. */
  | { readonly kind: 'stall-headers'; readonly durationInMs?: number };

/** The proxy answers in the target's place. */
export type AnswerFault =
  /** An error status such as 429, 503, 500 or 408. The target sees nothing. */
  | ({ readonly kind: 'status'; readonly retryAfter?: RetryAfter } & MadeUpAnswer)
  /** A success status with an error inside. With `forward`, the target has done the work all the same. */
  | {
      readonly kind: 'success-with-error';
      readonly body: string;
      /** Default: `application/xml`. */
      readonly contentType?: string;
      readonly forward?: boolean;
    }
  /** A redirect to `location`, by default with 307. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** The sign-in or block page of a middlebox: HTML, by default with 200. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The first matching answer is given again to later matching requests: a listing whose page token never advances. */
  | { readonly kind: 'repeat-answer' };

/** The connection dies around the request. */
export type ConnectionFault =
  /** The connection ends once the request was read, before any answer. The target sees nothing. */
  | { readonly kind: 'reset'; readonly by: CutBy }
  /** The target has received and done everything; its answer is lost on the way. */
  | { readonly kind: 'lose-answer'; readonly by: CutBy };

/** The two sides disagree about time or identity. */
export type AuthFault =
  /**
   * The service's clock is `offsetInMs` ahead of ours: every `Date` says so. With `toleranceInMs`, requests signed outside it
   * (`x-amz-date`, `x-ms-date` or `Date`) are refused with `refusal`, by default 403 and S3's `RequestTimeTooSkewed`.
   */
  | {
      readonly kind: 'clock-skew';
      readonly offsetInMs: number;
      readonly toleranceInMs?: number;
      readonly refusal?: MadeUpAnswer;
    }
  /**
   * After `afterRequests` good ones, the credentials in use have expired: requests that carry them get `refusal` until others
   * come. For SigV4 the credentials are the access key and session token, since the signature differs every time anyway.
   */
  | { readonly kind: 'expire-credentials'; readonly afterRequests: number; readonly refusal: MadeUpAnswer };

/** What goes wrong, as plain data. */
export type Fault = BodyFault | HeaderFault | AnswerFault | ConnectionFault | AuthFault;

/** The name of a fault. */
export type FaultKind = Fault['kind'];

/** A fault, and the requests it befalls. At most one fault befalls a request: the first rule that applies. */
export interface FaultRule {
  readonly fault: Fault;
  /** Only requests with this method, or one of these. Default: any. */
  readonly method?: string | readonly string[];
  /** Only requests whose path and query match. Default: any. */
  readonly path?: RegExp;
  /** Begins with the nth matching request, counted from 1. Default: 1. */
  readonly nth?: number;
  /** Befalls at most this many requests. Default: no end. */
  readonly times?: number;
  /** Befalls each request with this probability, drawn from the proxy's seed. Default: 1. */
  readonly probability?: number;
}
