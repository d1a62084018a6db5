import { CloudError, type ListEntry, type ObjectEntry, type Page, type PageRequest, type PrefixEntry } from '@cmx/cloud-core';
import { unquoteEtag } from '../objects/object-metadata.ts';
import type { QueryParameters } from '../urls.ts';
import { childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';
import { keyToken, readKeyToken } from './page-token.ts';
import { decoderOf } from './url-encoding.ts';
import { compareUtf8 } from './utf8-order.ts';

/** What of a bucket is listed. */
export interface ListingFilter {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly startAfter?: string | undefined;
}

/** The query of one page. Version 1 goes on behind a key, version 2 by a token of the service. */
export function listingQuery(version: 1 | 2, { prefix, delimiter, startAfter }: ListingFilter, { pageToken, maxPageSize }: PageRequest): QueryParameters {
  const common = { 'encoding-type': 'url', prefix: prefix || undefined, delimiter: delimiter || undefined, 'max-keys': maxPageSize };
  if (version === 1) return { ...common, marker: pageToken === undefined ? startAfter || undefined : readKeyToken(pageToken) };
  return { ...common, 'list-type': 2, 'continuation-token': pageToken, 'start-after': pageToken === undefined ? startAfter || undefined : undefined };
}

/** One page of a listing of either version. */
export function toListingPage(document: XmlElement): Page<ListEntry> {
  const decode = decoderOf(childText(document, 'EncodingType'));
  const objects: ObjectEntry[] = [];
  const prefixes: PrefixEntry[] = [];
  for (const element of document.children) {
    if (element.name === 'Contents') objects.push(toObjectEntry(element, decode));
    else if (element.name === 'CommonPrefixes') prefixes.push({ type: 'prefix', prefix: decode(childText(element, 'Prefix') ?? '') });
  }
  const items = prefixes.length === 0 ? objects : merge(objects, prefixes);
  return { items, nextPageToken: nextToken(document, decode, items) };
}

function toObjectEntry(contents: XmlElement, decode: (text: string) => string): ObjectEntry {
  let key = '';
  let sizeInBytes = 0;
  let etag = '';
  let lastModified = '';
  let storageClass: string | undefined;
  for (const { name, text } of contents.children) {
    if (name === 'Key') key = decode(text);
    else if (name === 'Size') sizeInBytes = Number(text);
    else if (name === 'ETag') etag = unquoteEtag(text);
    else if (name === 'LastModified') lastModified = text;
    else if (name === 'StorageClass') storageClass = text;
  }
  return { type: 'object', key, sizeInBytes, etag, lastModified: new Date(lastModified), storageClass };
}

/** Both lists are in order; together they are to be too. */
function merge(objects: readonly ObjectEntry[], prefixes: readonly PrefixEntry[]): ListEntry[] {
  const merged: ListEntry[] = [];
  let next = 0;
  for (const object of objects) {
    for (let prefix = prefixes[next]; prefix !== undefined && compareUtf8(prefix.prefix, object.key) < 0; prefix = prefixes[next]) {
      merged.push(prefix);
      next++;
    }
    merged.push(object);
  }
  return merged.concat(prefixes.slice(next));
}

function nextToken(document: XmlElement, decode: (text: string) => string, items: readonly ListEntry[]): string | undefined {
  if (childText(document, 'IsTruncated') !== 'true') return undefined;
  const token = childText(document, 'NextContinuationToken');
  if (token !== undefined) return token;
  const marker = childText(document, 'NextMarker');
  if (marker) return keyToken(decode(marker));
  const last = childText(document, 'KeyCount') === undefined ? items.at(-1) : undefined;
  if (last === undefined) throw unfinished();
  return keyToken(last.type === 'object' ? last.key : last.prefix);
}

/** A list that says it goes on but not where would lose entries silently. */
export function unfinished(): CloudError {
  return new CloudError('unknown', 'The service says that the list goes on, but not where', { phase: 'response' });
}
