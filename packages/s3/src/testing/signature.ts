import { createHash, createHmac } from 'node:crypto';
import { S3Failure } from './failure.ts';

/** Where a request went, to the letter. */
export interface WireUrl {
  /** With the port, unless it is the usual one. */
  readonly host: string;
  readonly pathname: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  readonly method: string;
  readonly url: WireUrl;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Somebody who may sign. */
export interface S3ServiceIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For temporary keys: every request must carry it. */
  readonly sessionToken?: string | undefined;
}

export interface Verifier {
  readonly identities: readonly S3ServiceIdentity[];
  readonly region: string;
  readonly now: () => number;
}

const MAX_SKEW_IN_MS = 15 * 60_000;

/** Checks a request's signature as S3 does, independently of the client's own signer. @throws {S3Failure} */
export function verifySignature(request: SignedRequest, verifier: Verifier): void {
  const query = new URLSearchParams(request.url.search);
  if (query.has('X-Amz-Signature')) verifyPresigned(request, query, verifier);
  else verifyHeader(request, verifier);
}

function verifyHeader(request: SignedRequest, verifier: Verifier): void {
  const authorization = request.headers.get('authorization');
  if (authorization === null) throw new S3Failure(403, 'AccessDenied', 'Access Denied');
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/.exec(authorization);
  if (!match) throw new S3Failure(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const date = request.headers.get('x-amz-date') ?? '';
  const identity = identify(credential, date, request.headers.get('x-amz-security-token') ?? undefined, verifier);
  if (Math.abs(toTime(date) - verifier.now()) > MAX_SKEW_IN_MS) throw new S3Failure(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  const payloadHash = request.headers.get('x-amz-content-sha256');
  if (payloadHash === null) throw new S3Failure(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  if (/^[\da-f]{64}$/.test(payloadHash) && payloadHash !== sha256(request.body)) {
    throw new S3Failure(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  requireSigned(request, signedHeaders.split(';'));
  compare(signature, { request, query: canonicalQuery(request.url), signedHeaders, payloadHash, date, credential, identity });
}

function verifyPresigned(request: SignedRequest, query: URLSearchParams, verifier: Verifier): void {
  const date = query.get('X-Amz-Date') ?? '';
  const credential = query.get('X-Amz-Credential') ?? '';
  const expires = Number(query.get('X-Amz-Expires'));
  if (!(expires >= 1 && expires <= 604_800)) throw new S3Failure(400, 'AuthorizationQueryParametersError', 'X-Amz-Expires must be less than a week (in seconds)');
  const identity = identify(credential, date, query.get('X-Amz-Security-Token') ?? undefined, verifier);
  if (toTime(date) + expires * 1000 < verifier.now()) throw new S3Failure(403, 'AccessDenied', 'Request has expired');
  const signedHeaders = query.get('X-Amz-SignedHeaders') ?? '';
  requireSigned(request, signedHeaders.split(';'));
  compare(query.get('X-Amz-Signature') ?? '', {
    request,
    query: canonicalQuery(request.url, 'X-Amz-Signature'),
    signedHeaders,
    payloadHash: 'UNSIGNED-PAYLOAD',
    date,
    credential,
    identity,
  });
}

/** The signature of a form's policy. */
export function verifyPolicySignature(fields: ReadonlyMap<string, string>, verifier: Verifier): void {
  const credential = fields.get('x-amz-credential') ?? '';
  const date = fields.get('x-amz-date') ?? '';
  const identity = identify(credential, date, fields.get('x-amz-security-token'), verifier);
  const expected = hmac(signingKey(identity, credential), fields.get('policy') ?? '').toString('hex');
  if (expected !== fields.get('x-amz-signature')) throw signatureDoesNotMatch();
}

function identify(credential: string, date: string, sessionToken: string | undefined, { identities, region }: Verifier): S3ServiceIdentity {
  const [accessKeyId, day, credentialRegion, service, terminator] = credential.split('/');
  if (service !== 's3' || terminator !== 'aws4_request' || day !== date.slice(0, 8)) throw new S3Failure(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  if (credentialRegion !== region) {
    throw new S3Failure(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; the region '${String(credentialRegion)}' is wrong; expecting '${region}'`, { elements: { Region: region } });
  }
  const identity = identities.find((candidate) => candidate.accessKeyId === accessKeyId);
  if (!identity) throw new S3Failure(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  if (identity.sessionToken !== sessionToken) throw new S3Failure(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  return identity;
}

/** S3 insists that every header of its own is covered. */
function requireSigned(request: SignedRequest, signedHeaders: readonly string[]): void {
  for (const name of request.headers.keys()) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) throw new S3Failure(403, 'AccessDenied', 'There were headers present in the request which were not signed', { elements: { HeadersNotSigned: name } });
  }
  if (!signedHeaders.includes('host')) throw signatureDoesNotMatch();
}

interface Signed {
  readonly request: SignedRequest;
  readonly query: string;
  readonly signedHeaders: string;
  readonly payloadHash: string;
  readonly date: string;
  readonly credential: string;
  readonly identity: S3ServiceIdentity;
}

function compare(signature: string, { request, query, signedHeaders, payloadHash, date, credential, identity }: Signed): void {
  const headers = signedHeaders.split(';').map((name) => `${name}:${(name === 'host' ? request.url.host : (request.headers.get(name) ?? '')).trim().replace(/\s+/g, ' ')}\n`);
  const canonical = [request.method, request.url.pathname, query, headers.join(''), signedHeaders, payloadHash].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, credential.split('/').slice(1).join('/'), sha256(canonical)].join('\n');
  if (hmac(signingKey(identity, credential), text).toString('hex') !== signature) throw signatureDoesNotMatch();
}

function canonicalQuery(url: WireUrl, without?: string): string {
  const pairs = url.search.slice(1).split('&').filter((pair) => pair !== '' && !pair.startsWith(`${without ?? ''}=`));
  return pairs.map((pair) => (pair.includes('=') ? pair : `${pair}=`)).sort().join('&');
}

function signingKey({ secretAccessKey }: S3ServiceIdentity, credential: string): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of credential.split('/').slice(1)) key = hmac(key, part);
  return key;
}

function toTime(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const signatureDoesNotMatch = (): S3Failure => new S3Failure(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.');
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
