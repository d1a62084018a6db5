import { http, HttpResponse, type HttpHandler } from 'msw';

/** One request, as a test may want to look at it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

interface Failure {
  readonly status: number;
  readonly code: string;
  readonly headers?: Record<string, string>;
}

interface StoredBucket {
  readonly region: string;
  readonly createdAt: string;
  readonly hasObjectLock: boolean;
  /** Documents by subresource, and by `key?subresource` for objects. */
  readonly documents: Map<string, string>;
  readonly objects: Map<string, Map<string, string>>;
}

/** Subresources of a bucket, and what S3 calls their absence. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const ABSENT: Readonly<Record<string, string | undefined>> = {
  lifecycle: 'NoSuchLifecycleConfiguration',
  cors: 'NoSuchCORSConfiguration',
  policy: 'NoSuchBucketPolicy',
  publicAccessBlock: 'NoSuchPublicAccessBlockConfiguration',
  encryption: 'ServerSideEncryptionConfigurationNotFoundError',
  tagging: 'NoSuchTagSet',
  website: 'NoSuchWebsiteConfiguration',
  'object-lock': 'ObjectLockConfigurationNotFoundError',
  ownershipControls: 'OwnershipControlsNotFoundError',
  retention: 'NoSuchObjectLockConfiguration',
  'legal-hold': 'NoSuchObjectLockConfiguration',
};

/** Subresources that are there from the start. */
const OWNER = '<Owner><ID>owner-id</ID></Owner>';
const GRANTS = '<AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>owner-id</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList>';
const GIVEN: Readonly<Record<string, string>> = {
  acl: `<AccessControlPolicy>${OWNER}${GRANTS}</AccessControlPolicy>`,
  notification: '<NotificationConfiguration/>',
};

const LOCKS: ReadonlySet<string> = new Set(['retention', 'legal-hold']);

/**
 * The part of S3 that administration speaks to, as AWS documents it: subresources keep the document that was put and give it
 * back, or say in AWS's words that there is none. `failures` are answered first, each once.
 */
export class BucketService {
  readonly buckets = new Map<string, StoredBucket>();
  readonly seen: SeenRequest[] = [];
  readonly failures: Failure[] = [];

  handlers(origin: string): HttpHandler[] {
    return [http.all(`${origin}/*`, ({ request }) => this.#handle(request))];
  }

  async #handle(request: Request): Promise<Response> {
    const { pathname, search, searchParams } = new URL(request.url);
    const body = await request.text();
    this.seen.push({ method: request.method, path: pathname + search, headers: request.headers, body });
    const failure = this.failures.shift();
    if (failure) return errorResponse(failure);
    const [, name = '', ...rest] = decodeURIComponent(pathname).split('/');
    if (name === '') return this.#list();
    if (rest.join('/') === '') return this.#onBucket(name, request, body, searchParams);
    return this.#onObject(name, rest.join('/'), request, body, searchParams);
  }

  #list(): Response {
    const buckets = [...this.buckets].map(([name, { region, createdAt }]) => `<Bucket><Name>${name}</Name><CreationDate>${createdAt}</CreationDate><BucketRegion>${region}</BucketRegion></Bucket>`);
    return HttpResponse.xml(`<ListAllMyBucketsResult>${OWNER}<Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`);
  }

  #onBucket(name: string, request: Request, body: string, query: URLSearchParams): Response {
    const bucket = this.buckets.get(name);
    const subresource = [...query.keys()].find((key) => key in ABSENT || key in GIVEN || key === 'location');
    if (!bucket) return subresource === undefined && request.method === 'PUT' ? this.#create(name, request, body) : errorResponse({ status: 404, code: 'NoSuchBucket' });
    if (subresource === 'location') return HttpResponse.xml(`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${bucket.region === 'us-east-1' ? '' : bucket.region}</LocationConstraint>`);
    if (subresource !== undefined) return onDocument(bucket.documents, subresource, subresource, request, body);
    if (request.method === 'DELETE') this.buckets.delete(name);
    return new HttpResponse(null, { status: request.method === 'DELETE' ? 204 : 200 });
  }

  #create(name: string, { headers }: Request, body: string): Response {
    const region = /<LocationConstraint>(.*)<\/LocationConstraint>/.exec(body)?.[1] ?? 'us-east-1';
    const hasObjectLock = headers.get('x-amz-bucket-object-lock-enabled') === 'true';
    const documents = new Map<string, string>();
    if (hasObjectLock) documents.set('object-lock', '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>');
    const ownership = headers.get('x-amz-object-ownership');
    if (ownership) documents.set('ownershipControls', `<OwnershipControls><Rule><ObjectOwnership>${ownership}</ObjectOwnership></Rule></OwnershipControls>`);
    this.buckets.set(name, { region, createdAt: '2026-01-02T03:04:05.000Z', hasObjectLock, documents, objects: new Map() });
    return new HttpResponse(null, { status: 200 });
  }

  #onObject(name: string, key: string, request: Request, body: string, query: URLSearchParams): Response {
    const bucket = this.buckets.get(name);
    if (!bucket) return errorResponse({ status: 404, code: 'NoSuchBucket' });
    const subresource = [...query.keys()].find((candidate) => candidate in ABSENT || candidate in GIVEN);
    if (request.method === 'PUT' && subresource === undefined) return putObject(bucket, key, request);
    const headers = bucket.objects.get(key);
    if (!headers) return errorResponse({ status: 404, code: 'NoSuchKey' }, request.method);
    if (subresource === undefined) return new HttpResponse(null, { status: 200, headers: Object.fromEntries(headers) });
    if (LOCKS.has(subresource) && !bucket.hasObjectLock) return errorResponse({ status: 400, code: 'InvalidRequest' });
    return onDocument(bucket.documents, `${key}?${subresource}`, subresource, request, body);
  }
}

/** Stores or copies: the body is of no interest here, the headers are. */
function putObject(bucket: StoredBucket, key: string, { headers }: Request): Response {
  const isCopy = headers.has('x-amz-copy-source');
  const stored = new Map([
    ['etag', '"d41d8cd98f00b204e9800998ecf8427e"'],
    ['last-modified', 'Fri, 02 Jan 2026 03:04:05 GMT'],
    ['content-type', headers.get('content-type') ?? 'binary/octet-stream'],
    ['content-length', '0'],
  ]);
  for (const name of ['x-amz-storage-class', 'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id']) {
    const value = headers.get(name);
    if (value) stored.set(name, value);
  }
  bucket.objects.set(key, stored);
  return isCopy ? HttpResponse.xml('<CopyObjectResult><ETag>"d41d8cd98f00b204e9800998ecf8427e"</ETag></CopyObjectResult>') : new HttpResponse(null, { headers: { etag: stored.get('etag') ?? '' } });
}

function onDocument(documents: Map<string, string>, name: string, subresource: string, { method, headers }: Request, body: string): Response {
  if (method === 'DELETE') documents.delete(name);
  if (method === 'PUT') documents.set(name, documentOf(subresource, headers, body));
  if (method !== 'GET') return new HttpResponse(null, { status: method === 'DELETE' ? 204 : 200 });
  const stored = documents.get(name) ?? GIVEN[subresource];
  if (stored === undefined) return errorResponse({ status: 404, code: ABSENT[subresource] ?? 'InternalError' });
  return new HttpResponse(stored, { headers: { 'content-type': subresource === 'policy' ? 'application/json' : 'application/xml' } });
}

/** A canned list comes as a header. */
function documentOf(subresource: string, headers: Headers, body: string): string {
  if (subresource !== 'acl' || headers.get('x-amz-acl') !== 'public-read') return body;
  const everyone = '<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>';
  return `<AccessControlPolicy>${OWNER}${GRANTS.replace('</AccessControlList>', `${everyone}</AccessControlList>`)}</AccessControlPolicy>`;
}

function errorResponse({ status, code, headers }: Failure, method = 'GET'): Response {
  const body = method === 'HEAD' ? null : `<Error><Code>${code}</Code><Message>What went wrong</Message><RequestId>REQUEST-1</RequestId></Error>`;
  return new HttpResponse(body, { status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'REQUEST-1', 'x-amz-id-2': 'HOST-1', ...headers } });
}
