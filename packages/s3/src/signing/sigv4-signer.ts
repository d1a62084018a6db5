import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { encodeUriComponent } from '../urls.ts';
import { toAmzDate } from './amz-date.ts';
import { canonicalRequest, type SignableRequest } from './canonical-request.ts';
import { andThen, platformSigningCrypto, type MaybePromise, type SigningCrypto, type SignText } from './signing-crypto.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';
/** sha256 of nothing. */
export const EMPTY_PAYLOAD_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Who signs, for where, and when. */
export interface SigningContext {
  readonly credentials: AccessKeyCredentials;
  readonly region: string;
  /** Milliseconds since the epoch, by the server's clock as far as it is known. */
  readonly now: number;
}

export interface SigV4SignerOptions {
  /** Default `s3`. */
  readonly service?: string | undefined;
  readonly crypto?: SigningCrypto | undefined;
}

/**
 * Signature Version 4, in headers, in the query and for form policies. A day's key is derived once for each region and kept
 * while the credentials stay the same.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export class SigV4Signer {
  readonly crypto: SigningCrypto;
  readonly #service: string;
  readonly #keys = new Map<string, MaybePromise<SignText>>();
  #keysBelongTo: AccessKeyCredentials | undefined;

  constructor({ service = 's3', crypto = platformSigningCrypto() }: SigV4SignerOptions = {}) {
    this.#service = service;
    this.crypto = crypto;
  }

  /** Adds `x-amz-date`, `x-amz-security-token` (where there is one) and `authorization` to the headers. */
  signHeaders(request: SignableRequest & { readonly headers: Record<string, string> }, payloadHash: string, context: SigningContext): MaybePromise<void> {
    const { credentials, region } = context;
    const date = toAmzDate(context.now);
    request.headers['x-amz-date'] = date;
    if (credentials.sessionToken !== undefined) request.headers['x-amz-security-token'] = credentials.sessionToken;
    const canonical = canonicalRequest(request, payloadHash);
    return andThen(this.#signature(canonical.text, date, context), (signature) => {
      const credential = `${credentials.accessKeyId}/${this.#scope(date, region)}`;
      request.headers.authorization = `${ALGORITHM} Credential=${credential}, SignedHeaders=${canonical.signedHeaders}, Signature=${signature}`;
    });
  }

  /**
   * The path with everything a presigned URL needs in its query. Every header of the request is signed.
   *
   * @param payloadHash - `UNSIGNED-PAYLOAD` for S3, whose callers send bytes that are not known yet.
   */
  presign(request: SignableRequest, expiresInSeconds: number, payloadHash: string, context: SigningContext): MaybePromise<string> {
    const { credentials, region } = context;
    const date = toAmzDate(context.now);
    const names = ['host', ...Object.keys(request.headers)].sort().join(';');
    const parameters: [string, string][] = [
      ['X-Amz-Algorithm', ALGORITHM],
      ['X-Amz-Credential', `${credentials.accessKeyId}/${this.#scope(date, region)}`],
      ['X-Amz-Date', date],
      ['X-Amz-Expires', String(expiresInSeconds)],
      ['X-Amz-SignedHeaders', names],
    ];
    if (credentials.sessionToken !== undefined) parameters.push(['X-Amz-Security-Token', credentials.sessionToken]);
    const query = parameters.map(([name, value]) => `${name}=${encodeUriComponent(value)}`).join('&');
    const path = `${request.path}${request.path.includes('?') ? '&' : '?'}${query}`;
    const canonical = canonicalRequest({ ...request, path }, payloadHash);
    return andThen(this.#signature(canonical.text, date, context), (signature) => `${path}&X-Amz-Signature=${signature}`);
  }

  /** The credential fields of a form upload, which its policy has to name too. */
  formFields({ credentials, region, now }: SigningContext): Record<string, string> {
    const date = toAmzDate(now);
    return {
      'x-amz-algorithm': ALGORITHM,
      'x-amz-credential': `${credentials.accessKeyId}/${this.#scope(date, region)}`,
      'x-amz-date': date,
      ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
    };
  }

  /** The signature of a form's policy (base64). */
  signPolicy(policy: string, context: SigningContext): MaybePromise<string> {
    return andThen(this.#signingKey(toAmzDate(context.now).slice(0, 8), context), (sign) => sign(policy));
  }

  #signature(canonical: string, date: string, context: SigningContext): MaybePromise<string> {
    return andThen(this.crypto.sha256Hex(canonical), (hash) =>
      andThen(this.#signingKey(date.slice(0, 8), context), (sign) => sign(`${ALGORITHM}\n${date}\n${this.#scope(date, context.region)}\n${hash}`)),
    );
  }

  #signingKey(day: string, { credentials, region }: SigningContext): MaybePromise<SignText> {
    if (this.#keysBelongTo !== credentials) {
      this.#keys.clear();
      this.#keysBelongTo = credentials;
    }
    const scope = day + region;
    let key = this.#keys.get(scope);
    if (key === undefined) {
      key = this.crypto.deriveKey(`AWS4${credentials.secretAccessKey}`, [day, region, this.#service, 'aws4_request']);
      if (this.#keys.size >= 16) this.#keys.clear();
      this.#keys.set(scope, key);
    }
    return key;
  }

  #scope(date: string, region: string): string {
    return `${date.slice(0, 8)}/${region}/${this.#service}/aws4_request`;
  }
}
