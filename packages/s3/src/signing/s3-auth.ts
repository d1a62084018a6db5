import type { AccessKeyCredentials, CallOptions } from '@cmx/cloud-core';
import type { HttpAuth, OutgoingRequest, RequestBody } from '@cmx/http';
import type { CredentialSource } from '../credentials/credentials.ts';
import type { PayloadHasher } from './payload-hasher.ts';
import { andThen, type MaybePromise } from './signing-crypto.ts';
import { EMPTY_PAYLOAD_HASH, UNSIGNED_PAYLOAD, type SigV4Signer } from './sigv4-signer.ts';

export interface S3AuthOptions {
  readonly signer: SigV4Signer;
  /** `undefined` sends requests unsigned. */
  readonly credentials: CredentialSource | undefined;
  readonly region: string;
  /** Where the bytes of a body are hashed and signed. Over TLS they need not be. */
  readonly payloadHasher: PayloadHasher | undefined;
}

/** Signs each attempt anew, with the clock corrected by what the client learned of the server's. */
export function s3Auth({ signer, credentials, region, payloadHasher }: S3AuthOptions): HttpAuth {
  const sign = (request: OutgoingRequest, identity: AccessKeyCredentials): MaybePromise<void> => {
    const host = request.origin.slice(request.origin.indexOf('://') + 3);
    return andThen(payloadHash(request.body), (hash) => {
      request.headers['x-amz-content-sha256'] = hash;
      return signer.signHeaders({ method: request.method, host, path: request.path, headers: request.headers }, hash, { credentials: identity, region, now: request.now });
    });
  };
  const payloadHash = (body: RequestBody | undefined): MaybePromise<string> => {
    if (body === undefined) return EMPTY_PAYLOAD_HASH;
    return payloadHasher && body instanceof Uint8Array ? payloadHasher.hash(body) : UNSIGNED_PAYLOAD;
  };
  return {
    authorize(request: OutgoingRequest, options: CallOptions) {
      if (credentials === undefined) return undefined;
      return andThen(credentials.get(options), (identity) => sign(request, identity));
    },
    renew: async (options: CallOptions) => (await credentials?.renew(options)) ?? false,
  };
}
