import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../xml/xml-reader.ts';
import { toBucketsPage } from './bucket-listing.ts';
import { listingQuery, toListingPage } from './object-listing.ts';
import { pairToken, readPairToken } from './page-token.ts';
import { decodeListed } from './url-encoding.ts';
import { compareUtf8 } from './utf8-order.ts';
import { toVersionsPage } from './version-listing.ts';

const contents = (key: string): string =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-24T10:15:00.000Z</LastModified><ETag>&quot;abc&quot;</ETag><Size>5</Size><StorageClass>STANDARD</StorageClass></Contents>`;

function page(body: string): ReturnType<typeof toListingPage> {
  return toListingPage(parseXml(`<ListBucketResult>${body}</ListBucketResult>`));
}

describe('object listings', () => {
  it('reads an object', () => {
    expect(page(contents(' sp ') + '<IsTruncated>false</IsTruncated>')).toEqual({
      items: [{ type: 'object', key: ' sp ', sizeInBytes: 5, etag: 'abc', lastModified: new Date('2026-11-24T10:15:00Z'), storageClass: 'STANDARD' }],
      nextPageToken: undefined,
    });
  });

  it('decodes keys only when the service says that they are encoded', () => {
    expect(page(contents('a+b%2Bc%C3%A9')).items[0]).toMatchObject({ key: 'a+b%2Bc%C3%A9' });
    expect(page('<EncodingType>url</EncodingType>' + contents('a+b%2Bc%C3%A9')).items[0]).toMatchObject({ key: 'a b+cé' });
  });

  it('puts objects and prefixes into one order, by bytes', () => {
    const prefixes = ['b/', '\u{1F600}/'].map((prefix) => `<CommonPrefixes><Prefix>${prefix}</Prefix></CommonPrefixes>`).join('');
    expect(page(contents('a') + contents('c') + contents('\uFFFD') + prefixes).items.map((entry) => (entry.type === 'object' ? entry.key : entry.prefix))).toEqual(['a', 'b/', 'c', '\uFFFD', '\u{1F600}/']);
  });

  it('goes on by token, by marker, or behind the last entry', () => {
    const truncated = '<IsTruncated>true</IsTruncated>';
    expect(page(`${truncated}<KeyCount>0</KeyCount><NextContinuationToken>t</NextContinuationToken>`).nextPageToken).toBe('t');
    expect(page(`${truncated}<EncodingType>url</EncodingType><NextMarker>a%20b</NextMarker>`).nextPageToken).toBe('a%20b');
    expect(page(truncated + contents('a')).nextPageToken).toBe('a');
  });

  it('does not take a list for whole that says it is not', () => {
    expect(() => page('<IsTruncated>true</IsTruncated>')).toThrow('goes on');
    expect(() => page(`<IsTruncated>true</IsTruncated><KeyCount>1</KeyCount>${contents('a')}`)).toThrow('goes on');
  });

  it('asks by marker in version 1 and by token in version 2', () => {
    expect(listingQuery(1, { startAfter: 'a' }, {})).toMatchObject({ marker: 'a' });
    expect(listingQuery(1, { startAfter: 'a' }, { pageToken: 'a%20b%01' })).toMatchObject({ marker: 'a b\u0001' });
    expect(listingQuery(2, { prefix: '', startAfter: 'a' }, {})).toMatchObject({ 'list-type': 2, 'start-after': 'a', prefix: undefined });
    expect(listingQuery(2, { startAfter: 'a' }, { pageToken: 't', maxPageSize: 7 })).toMatchObject({ 'continuation-token': 't', 'start-after': undefined, 'max-keys': 7 });
  });
});

describe('other listings', () => {
  it('keeps the order of versions and delete markers', () => {
    const document = parseXml(
      '<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>' +
        '<DeleteMarker><Key>a</Key><VersionId>2</VersionId><IsLatest>true</IsLatest><LastModified>2026-11-24T10:15:00Z</LastModified></DeleteMarker>' +
        '<Version><Key>a</Key><VersionId>1</VersionId><IsLatest>false</IsLatest><LastModified>2026-11-24T10:14:00Z</LastModified><ETag>"e"</ETag><Size>3</Size></Version></ListVersionsResult>',
    );
    const { items, nextPageToken } = toVersionsPage(document);
    expect(items.map(({ versionId, isDeleteMarker, sizeInBytes, etag }) => [versionId, isDeleteMarker, sizeInBytes, etag])).toEqual([
      ['2', true, 0, undefined],
      ['1', false, 3, 'e'],
    ]);
    expect(readPairToken(nextPageToken)).toEqual(['a', '1']);
  });

  it('reads buckets and their paging', () => {
    const document = parseXml('<R><Buckets><Bucket><Name>b</Name><CreationDate>2026-11-24T10:15:00.000Z</CreationDate><BucketRegion>eu-west-1</BucketRegion></Bucket></Buckets><ContinuationToken>t</ContinuationToken></R>');
    expect(toBucketsPage(document)).toEqual({ items: [{ name: 'b', createdAt: new Date('2026-11-24T10:15:00Z'), region: 'eu-west-1' }], nextPageToken: 't' });
  });

  it('refuses tokens of another list', () => {
    expect(readPairToken(pairToken('k', undefined))).toEqual(['k', undefined]);
    for (const token of ['x', 'a/b/c', '%/b', 'a/%C3']) expect(() => readPairToken(token)).toThrow('pageToken');
    expect(() => listingQuery(1, {}, { pageToken: '%' })).toThrow('pageToken');
  });
});

describe('listing text', () => {
  it('decodes what a form encoder wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(decodeListed(encodeURIComponent(key))).toBe(key);
        expect(decodeListed(new URLSearchParams({ k: key }).toString().slice(2))).toBe(key);
      }),
    );
    expect(decodeListed('a%FFb')).toBe('a\uFFFDb');
  });

  it('orders as bytes do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
