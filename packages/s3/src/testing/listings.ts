import { requireBucket, xmlResponse, type Context } from './context.ts';
import { invalidArgument } from './failure.ts';
import type { Bucket, StoredVersion } from './bucket.ts';
import { group, tag, xmlDocument } from './xml.ts';

const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** S3's form encoding: a blank becomes a plus, slashes stay. */
function urlEncode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%2F', '/');
}

type Listed = { readonly key: string; readonly version: StoredVersion } | { readonly prefix: string };

function nameOf(listed: Listed): string {
  return 'key' in listed ? listed.key : listed.prefix;
}

/** Objects and common prefixes behind a marker, in order. */
function entries(bucket: Bucket, prefix: string, delimiter: string, marker: string): Listed[] {
  const listed: Listed[] = [];
  let last: string | undefined;
  for (const key of bucket.keys) {
    const version = bucket.current(key);
    if (version === undefined || !key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    if (bytewise(key, marker) <= 0) continue;
    if (common === undefined) listed.push({ key, version });
    else if (common !== last && common !== marker) {
      last = common;
      listed.push({ prefix: common });
    }
  }
  return listed;
}

function maxOf(query: URLSearchParams, name: string): number {
  const max = Number(query.get(name) ?? 1000);
  if (!(Number.isInteger(max) && max >= 0)) throw invalidArgument(`Provided ${name} not an integer or within integer range`);
  return Math.min(max, 1000);
}

export function listObjects(context: Context): Response {
  const { query } = context;
  const isV2 = query.get('list-type') === '2';
  const bucket = requireBucket(context);
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const token = query.get('continuation-token');
  const marker = isV2 ? (token === null ? (query.get('start-after') ?? '') : readToken(token)) : (query.get('marker') ?? '');
  const max = maxOf(query, 'max-keys');
  const all = max === 0 ? [] : entries(bucket, prefix, delimiter, marker);
  const page = all.slice(0, max);
  const truncated = all.length > page.length;
  const encode = encoder(query);
  const last = page.at(-1);
  const content = page.map((entry) => ('key' in entry ? contentsOf(entry.key, entry.version, encode) : group('CommonPrefixes', tag('Prefix', encode(entry.prefix)))));
  const next = truncated && last !== undefined ? nameOf(last) : undefined;
  return xmlResponse(
    xmlDocument(
      'ListBucketResult',
      tag('Name', bucket.name),
      tag('Prefix', encode(prefix)),
      tag('MaxKeys', max),
      tag('EncodingType', query.get('encoding-type') ?? undefined),
      tag('IsTruncated', truncated),
      isV2 ? tag('KeyCount', page.length) + tag('NextContinuationToken', next && writeToken(next)) : tag('NextMarker', delimiter === '' ? undefined : next && encode(next)),
      ...content,
    ),
  );
}

function contentsOf(key: string, version: StoredVersion, encode: (text: string) => string): string {
  return group(
    'Contents',
    tag('Key', encode(key)),
    tag('LastModified', version.lastModified.toISOString()),
    tag('ETag', `"${version.etag}"`),
    tag('Size', version.bytes.length),
    tag('StorageClass', version.headers['x-amz-storage-class'] ?? 'STANDARD'),
  );
}

export function listVersions(context: Context): Response {
  const { query } = context;
  const bucket = requireBucket(context);
  const [keyMarker, versionMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? ''];
  const max = maxOf(query, 'max-keys');
  const all = bucket.keys
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && (versionMarker === '' ? bytewise(key, keyMarker) > 0 : bytewise(key, keyMarker) >= 0))
    .flatMap((key) => {
      const versions = (bucket.objects.get(key) ?? []).map((version, index) => ({ key, version, isLatest: index === 0 }));
      return key === keyMarker ? versions.slice(versions.findIndex(({ version }) => version.versionId === versionMarker) + 1) : versions;
    });
  const page = all.slice(0, max);
  const truncated = all.length > page.length;
  const next = truncated ? page.at(-1) : undefined;
  const encode = encoder(query);
  const content = page.map(({ key, version, isLatest }) => {
    const common = [tag('Key', encode(key)), tag('VersionId', version.versionId), tag('IsLatest', isLatest), tag('LastModified', version.lastModified.toISOString())];
    return version.isDeleteMarker ? group('DeleteMarker', ...common) : group('Version', ...common, tag('ETag', `"${version.etag}"`), tag('Size', version.bytes.length));
  });
  return xmlResponse(
    xmlDocument('ListVersionsResult', tag('EncodingType', query.get('encoding-type') ?? undefined), tag('IsTruncated', truncated), tag('NextKeyMarker', next && encode(next.key)), tag('NextVersionIdMarker', next?.version.versionId), ...content),
  );
}

function encoder(query: URLSearchParams): (text: string) => string {
  return query.get('encoding-type') === 'url' ? urlEncode : (text) => text;
}

function writeToken(name: string): string {
  return Buffer.from(`after:${name}`).toString('base64');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after:')) throw invalidArgument('The continuation token provided is incorrect');
  return text.slice('after:'.length);
}
