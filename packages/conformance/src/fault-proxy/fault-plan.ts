import { cutAfter, firstBytes, flipByte, recordBody, replaceBody, stallAfter, trickle } from './body-steps.ts';
import type { BodyChange } from './body-steps.ts';
import { credentialsOf, isSigned, skewRefusal, toHttpDate } from './auth-faults.ts';
import type { CutBy, Fault, MadeUpAnswer, RetryAfter } from './faults.ts';
import { headerValue, withHeader } from './headers.ts';
import type { HeaderList } from './headers.ts';

/** Status and headers of an answer. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: HeaderList;
}

/** What the proxy does differently for one request. */
export interface FaultPlan {
  /** Answered here; the target sees nothing. */
  readonly answer?: MadeUpAnswer;
  /** The connection ends instead of an answer; with `afterTarget`, once the target has answered. */
  readonly cut?: { readonly by: CutBy; readonly afterTarget: boolean };
  /** Silence before the target is asked; without a duration, for ever. */
  readonly silence?: { readonly durationInMs: number | undefined };
  /** Changes the headers on their way to the target. */
  readonly requestHeaders?: (headers: HeaderList) => HeaderList;
  /** Changes the answer's head on its way back. */
  readonly head?: (head: AnswerHead) => AnswerHead;
  /** Changes the answer's body on its way back. */
  readonly body?: BodyChange;
}

/** What a rule remembers between requests. */
export interface FaultMemory {
  recorded?: { head: AnswerHead; body: Uint8Array };
  goodRequests: number;
  expiredCredentials?: string;
}

/** The request as a fault sees it. */
export interface FaultedRequest {
  readonly headers: HeaderList;
  /** The time by the proxy's clock, in milliseconds. */
  readonly now: number;
}

const encoder = new TextEncoder();
const HTML_PAGE = '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>\n';

/** Turns a fault into changes for one request; `undefined` when it has nothing to do with this one. */
export function planFault(fault: Fault, request: FaultedRequest, memory: FaultMemory): FaultPlan | undefined {
  switch (fault.kind) {
    case 'truncate':
      return { body: cutAfter(fault.afterBytes, fault.by), head: fault.framing === 'chunked' ? setHeaders({ 'content-length': null }) : undefined };
    case 'shorten':
      return { body: firstBytes(fault.toBytes), head: capLength(fault.toBytes) };
    case 'empty-body':
      return { body: replaceBody(new Uint8Array()), head: setHeaders({ 'Content-Length': '0' }) };
    case 'flip-byte':
      return { body: flipByte(fault.atByte) };
    case 'stall-body':
      return { body: stallAfter(fault.afterBytes, fault.durationInMs) };
    case 'trickle':
      return { body: trickle(fault.bytesPerInterval, fault.intervalInMs) };
    case 'rewrite-headers':
      return { head: setHeaders(fault.headers) };
    case 'ignore-range':
      return isSigned(request.headers, 'range') ? widenSlice() : { requestHeaders: withoutUnsigned(['range']) };
    case 'wrong-content-range':
      return { head: shiftContentRange(fault.shiftByBytes) };
    case 'changed-object':
      return changedObject(fault.etag, fault.body);
    case 'stall-headers':
      return { silence: { durationInMs: fault.durationInMs } };
    case 'status':
      return { answer: withRetryAfter(fault, fault.retryAfter, request.now) };
    case 'success-with-error':
      return successWithError(fault.body, fault.contentType ?? 'application/xml', fault.forward ?? false);
    case 'redirect':
      return { answer: { status: fault.status ?? 307, headers: { Location: fault.location } } };
    case 'html':
      return { answer: { status: fault.status ?? 200, headers: { 'Content-Type': 'text/html' }, body: HTML_PAGE } };
    case 'repeat-answer':
      return repeatAnswer(memory);
    case 'reset':
      return { cut: { by: fault.by, afterTarget: false } };
    case 'lose-answer':
      return { cut: { by: fault.by, afterTarget: true } };
    case 'clock-skew':
      return clockSkew(fault, request);
    case 'expire-credentials':
      return expireCredentials(fault.afterRequests, fault.refusal, request, memory);
  }
}

function setHeaders(changes: Readonly<Record<string, string | null>>) {
  return ({ status, headers }: AnswerHead): AnswerHead => ({
    status,
    headers: Object.entries(changes).reduce((list, [name, value]) => withHeader(list, name, value), headers),
  });
}

function capLength(bytes: number) {
  return (head: AnswerHead): AnswerHead => {
    const declared = headerValue(head.headers, 'content-length');
    return declared === undefined ? head : setHeaders({ 'Content-Length': String(Math.min(Number(declared), bytes)) })(head);
  };
}

function shiftContentRange(shift: number) {
  return (head: AnswerHead): AnswerHead => {
    const range = parseContentRange(head);
    return range ? setHeaders({ 'Content-Range': `bytes ${range.first + shift}-${range.last + shift}/${range.size}` })(head) : head;
  };
}

function parseContentRange(head: AnswerHead): { readonly first: number; readonly last: number; readonly size: number } | undefined {
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headerValue(head.headers, 'content-range') ?? '') ?? [];
  return size === undefined ? undefined : { first: Number(first), last: Number(last), size: Number(size) };
}

/** Makes a whole object of a slice, for requests whose `Range` cannot be taken away: unknown bytes are zeros. */
function widenSlice(): FaultPlan {
  let before = 0;
  let after = 0;
  return {
    head(head) {
      const range = parseContentRange(head);
      if (!range) return head;
      before = range.first;
      after = range.size - 1 - range.last;
      return { ...setHeaders({ 'Content-Range': null, 'Content-Length': String(range.size) })(head), status: 200 };
    },
    async *body(slice) {
      yield new Uint8Array(before);
      yield* slice;
      yield new Uint8Array(after);
    },
  };
}

function changedObject(etag: string, body: string | Uint8Array | undefined): FaultPlan {
  const requestHeaders = withoutUnsigned(['if-match', 'if-unmodified-since']);
  if (body === undefined) return { requestHeaders, head: setHeaders({ ETag: etag }) };
  const bytes = toBytes(body);
  return { requestHeaders, head: setHeaders({ ETag: etag, 'Content-Length': String(bytes.length) }), body: replaceBody(bytes) };
}

/** Takes request headers away, apart from those the target would miss. */
function withoutUnsigned(names: readonly string[]) {
  return (headers: HeaderList): HeaderList => names.reduce((list, name) => (isSigned(headers, name) ? list : withHeader(list, name, null)), headers);
}

function withRetryAfter(answer: MadeUpAnswer, retryAfter: RetryAfter | undefined, now: number): MadeUpAnswer {
  if (retryAfter === undefined) return answer;
  const value = typeof retryAfter === 'object' ? toHttpDate(now + retryAfter.dateInMs) : String(retryAfter);
  return { ...answer, headers: { ...answer.headers, 'Retry-After': value } };
}

function successWithError(body: string, contentType: string, forward: boolean): FaultPlan {
  const bytes = toBytes(body);
  const headers: HeaderList = [['Content-Type', contentType], ['Content-Length', String(bytes.length)]];
  if (!forward) return { answer: { status: 200, headers: Object.fromEntries(headers), body } };
  return { head: () => ({ status: 200, headers }), body: replaceBody(bytes) };
}

function repeatAnswer(memory: FaultMemory): FaultPlan {
  const { recorded } = memory;
  if (recorded) return { answer: { status: recorded.head.status, headers: Object.fromEntries(recorded.head.headers), body: recorded.body } };
  let seen: AnswerHead | undefined;
  return {
    head: (head) => (seen = head),
    body: recordBody((body) => {
      if (seen) memory.recorded = { head: seen, body };
    }),
  };
}

function clockSkew(fault: Extract<Fault, { kind: 'clock-skew' }>, request: FaultedRequest): FaultPlan {
  const serviceTime = request.now + fault.offsetInMs;
  const date = { Date: toHttpDate(serviceTime) };
  const refusal = fault.toleranceInMs === undefined ? undefined : skewRefusal(fault.refusal, request.headers, serviceTime, fault.toleranceInMs);
  if (refusal) return { answer: { ...refusal, headers: { ...refusal.headers, ...date } } };
  return { head: setHeaders(date) };
}

function expireCredentials(afterRequests: number, refusal: MadeUpAnswer, request: FaultedRequest, memory: FaultMemory): FaultPlan | undefined {
  const credentials = credentialsOf(request.headers);
  if (credentials === memory.expiredCredentials) return { answer: refusal };
  if (memory.expiredCredentials !== undefined) return undefined;
  memory.goodRequests += 1;
  if (memory.goodRequests <= afterRequests) return undefined;
  memory.expiredCredentials = credentials;
  return { answer: refusal };
}

/** A body as bytes; text as UTF-8. */
export function toBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? encoder.encode(body) : body;
}
