import { randomBytes } from 'node:crypto';
import { RAW_PATH_HEADER } from '@cmx/conformance/msw';
import { http, type HttpHandler } from 'msw';
import { createBucket, deleteBucket, getLocation, getVersioning, headBucket, listBuckets, putVersioning } from './buckets.ts';
import type { Context } from './context.ts';
import { S3Failure } from './failure.ts';
import { listObjects, listVersions } from './listings.ts';
import { copyObject, deleteObject, deleteObjects, deleteTags, getObject, getTags, putObject, putTags } from './objects.ts';
import { postObject } from './post-form.ts';
import { verifySignature, type Identity, type WireUrl } from './signature.ts';
import type { StoredBucket } from './store.ts';
import { abortUpload, completeUpload, copyPart, createUpload, listParts, listUploads, uploadPart } from './uploads.ts';
import { tag } from './xml.ts';

export interface S3ServiceOptions {
  /** Who may sign. */
  readonly identities?: readonly Identity[];
  readonly region?: string;
  readonly now?: () => number;
  /** Smallest part but the last. Default: S3's 5 MiB. */
  readonly minPartBytes?: number;
  /** Host whose labels before it name buckets: `s3.test`. */
  readonly virtualHost?: string;
}

type Route = (context: Context) => Response | Promise<Response>;

const TEST_IDENTITY: Identity = { accessKeyId: 'CMXTESTKEY', secretAccessKey: 'cmx-test-secret' };

/**
 * An S3 in memory that answers as S3 documents and as real servers were seen to answer: it verifies signatures, conditions,
 * digests and policies, keeps versions and uploads, and pages its listings.
 */
export class S3Service {
  readonly buckets = new Map<string, StoredBucket>();
  readonly identities: Identity[];
  readonly #options: S3ServiceOptions;

  constructor(options: S3ServiceOptions = {}) {
    this.#options = options;
    this.identities = [...(options.identities ?? [TEST_IDENTITY])];
  }

  get identity(): Identity {
    return this.identities[0] ?? TEST_IDENTITY;
  }

  /** The service as MSW handlers for an origin, or for every origin. */
  handlers(origin = '*'): HttpHandler[] {
    return [http.all(`${origin}/*`, ({ request }) => this.handle(request)), http.all(origin, ({ request }) => this.handle(request))];
  }

  /** Unfinished uploads in all buckets. */
  get openUploads(): number {
    return [...this.buckets.values()].reduce((sum, bucket) => sum + bucket.uploads.size, 0);
  }

  async handle(request: Request): Promise<Response> {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    let response: Response;
    try {
      const context = await this.#context(request);
      const isForm = context.method === 'POST' && context.key === '' && context.headers.get('content-type')?.startsWith('multipart/form-data') === true;
      if (!isForm) verifySignature(context, context.verifier);
      response = await (isForm ? postObject : route(context))(context);
    } catch (error) {
      if (!(error instanceof S3Failure)) throw error;
      response = errorResponse(error, request.method, requestId);
    }
    response.headers.set('x-amz-request-id', requestId);
    response.headers.set('x-amz-id-2', 'cmx-test-host');
    response.headers.set('date', new Date(this.#now()).toUTCString());
    return response;
  }

  async #context(request: Request): Promise<Context> {
    const url = wireUrl(request);
    const host = (request.headers.get('host') ?? url.host).replace(/:\d+$/, '');
    const suffix = `.${this.#options.virtualHost ?? '-'}`;
    const virtual = host.endsWith(suffix) ? host.slice(0, -suffix.length) : undefined;
    const slash = virtual === undefined ? url.pathname.indexOf('/', 1) : 0;
    return {
      method: request.method,
      url,
      headers: request.headers,
      body: new Uint8Array(await request.arrayBuffer()),
      buckets: this.buckets,
      bucketName: virtual ?? decodeURIComponent(slash < 0 ? url.pathname.slice(1) : url.pathname.slice(1, slash)),
      key: slash < 0 ? '' : decodeURIComponent(url.pathname.slice(slash + 1)),
      query: new URLSearchParams(url.search),
      verifier: { identities: this.identities, region: this.#options.region ?? 'us-east-1', now: () => this.#now() },
      minPartBytes: this.#options.minPartBytes ?? 5 * 1024 ** 2,
      now: () => this.#now(),
    };
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

/** The URL to the letter: parsing resolves dot segments, so the loopback server hands the path on in a header. */
function wireUrl(request: Request): WireUrl {
  const { host, pathname, search } = new URL(request.url);
  const raw = request.headers.get(RAW_PATH_HEADER) ?? pathname + search;
  const mark = raw.indexOf('?');
  return { host, pathname: mark < 0 ? raw : raw.slice(0, mark), search: mark < 0 ? '' : raw.slice(mark) };
}

function errorResponse({ code, status, message, headers, elements }: S3Failure, method: string, requestId: string): Response {
  const hasBody = method !== 'HEAD' && status !== 304;
  const more = Object.entries(elements).map(([name, value]) => tag(name, value)).join('');
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${tag('Code', code)}${tag('Message', message)}${more}${tag('RequestId', requestId)}${tag('HostId', 'cmx-test-host')}</Error>`;
  return new Response(hasBody ? xml : null, { status, headers: { ...(hasBody && { 'content-type': 'application/xml' }), ...headers } });
}

const BUCKET_ROUTES: readonly [method: string, parameter: string, route: Route][] = [
  ['GET', 'versioning', getVersioning],
  ['PUT', 'versioning', putVersioning],
  ['GET', 'versions', listVersions],
  ['GET', 'uploads', listUploads],
  ['GET', 'location', getLocation],
  ['POST', 'delete', deleteObjects],
];

const OBJECT_ROUTES: readonly [method: string, parameter: string, route: Route][] = [
  ['GET', 'tagging', getTags],
  ['PUT', 'tagging', putTags],
  ['DELETE', 'tagging', deleteTags],
  ['POST', 'uploads', createUpload],
  ['PUT', 'partNumber', (context) => (context.headers.has('x-amz-copy-source') ? copyPart(context) : uploadPart(context))],
  ['POST', 'uploadId', completeUpload],
  ['DELETE', 'uploadId', abortUpload],
  ['GET', 'uploadId', listParts],
];

const BUCKET_METHODS: Readonly<Record<string, Route>> = { GET: listObjects, PUT: createBucket, HEAD: headBucket, DELETE: deleteBucket };
const OBJECT_METHODS: Readonly<Record<string, Route>> = {
  GET: getObject,
  HEAD: getObject,
  DELETE: deleteObject,
  PUT: (context) => (context.headers.has('x-amz-copy-source') ? copyObject(context) : putObject(context)),
};

function route({ method, bucketName, key, query }: Context): Route {
  if (bucketName === '') return listBuckets;
  const routes = key === '' ? BUCKET_ROUTES : OBJECT_ROUTES;
  const special = routes.find(([candidate, parameter]) => candidate === method && query.has(parameter))?.[2];
  const plain = (key === '' ? BUCKET_METHODS : OBJECT_METHODS)[method];
  const found = special ?? plain;
  if (!found) throw new S3Failure(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  return found;
}
