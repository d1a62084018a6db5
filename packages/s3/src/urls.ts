/** Query parameters; those that are `undefined` are left out, an empty text stays as `name=`. */
export type QueryParameters = Readonly<Record<string, string | number | undefined>>;

const PLAIN = /^[\w.~-]*$/;
const PLAIN_KEY = /^[\w.~/-]*$/;
const STILL_RESERVED = /[!'()*]/g;

/** Percent-encodes as SigV4 wants it: everything but letters, digits, `-`, `.`, `_` and `~`, in upper-case hexadecimal. */
export function encodeUriComponent(text: string): string {
  return PLAIN.test(text) ? text : encodeURIComponent(text).replace(STILL_RESERVED, percentEncode);
}

/** A key as a path: slashes stay, whatever stands between them is encoded. */
export function encodeKey(key: string): string {
  return PLAIN_KEY.test(key) ? key : encodeURIComponent(key).replace(/%2F/g, '/').replace(STILL_RESERVED, percentEncode);
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** `?name=value&…` in canonical order, or nothing. */
export function queryString(parameters: QueryParameters): string {
  const pairs: string[] = [];
  for (const name of Object.keys(parameters).sort()) {
    const value = parameters[name];
    if (value !== undefined) pairs.push(`${name}=${encodeUriComponent(String(value))}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The value of `x-amz-copy-source`. */
export function copySource(bucket: string, key: string, versionId?: string): string {
  return `/${bucket}/${encodeKey(key)}${versionId === undefined ? '' : queryString({ versionId })}`;
}

/** Where a bucket's requests go. */
export interface BucketAddress {
  /** Differs from the endpoint's only when the bucket is part of the host name. */
  readonly origin: string;
  /** The endpoint's own path, and the bucket unless it is part of the host name. No slash at the end. */
  readonly path: string;
}

const HOST_NAME_BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * The address of a bucket at an endpoint. A bucket whose name cannot be one label of a host name (capitals, underscores, or
 * dots, which no wildcard certificate covers) is always part of the path.
 *
 * @param endpoint - Origin with an optional path, no slash at the end.
 */
export function bucketAddress(endpoint: string, bucket: string, addressing: 'path' | 'virtual'): BucketAddress {
  const host = endpoint.indexOf('://') + 3;
  const slash = endpoint.indexOf('/', host);
  const origin = slash < 0 ? endpoint : endpoint.slice(0, slash);
  const path = slash < 0 ? '' : endpoint.slice(slash);
  if (addressing === 'virtual' && HOST_NAME_BUCKET.test(bucket)) {
    return { origin: `${origin.slice(0, host)}${bucket}.${origin.slice(host)}`, path };
  }
  return { origin, path: `${path}/${encodeUriComponent(bucket)}` };
}
