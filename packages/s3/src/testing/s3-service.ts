import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, MissingDependencyError } from '@cmx/cloud-core';
import type { HttpHandler } from 'msw';
import { Bucket, type S3ServiceBucket } from './bucket.ts';
import type { Context } from './context.ts';
import { errorResponse, S3Failure } from './failure.ts';
import { checkFault, FaultQueue, type S3ServiceFault } from './faults.ts';
import { isForm } from './post-form.ts';
import { refuseUnknown, respond } from './routes.ts';
import { verifySignature, type S3ServiceIdentity, type SignedRequest } from './signature.ts';

/** What an {@link S3Service} is made with; everything has a default. */
export interface S3ServiceOptions {
  /** Who may sign. Default: one identity with made-up keys, see {@link S3Service.identity}. */
  readonly identities?: readonly S3ServiceIdentity[] | undefined;
  /** What requests must be signed for. Default `us-east-1`. */
  readonly region?: string | undefined;
  /** Buckets that are there from the start. Default: none. */
  readonly buckets?: readonly string[] | undefined;
  /** The smallest part of an upload but the last, in bytes. Default: S3's 5 MiB. Less makes tests of uploads in parts quick. */
  readonly minPartBytes?: number | undefined;
  /** A host whose subdomains are buckets: with `s3.test`, `photos.s3.test` is the bucket `photos`. Default: buckets are in the path alone. */
  readonly virtualHost?: string | undefined;
  /** The time in milliseconds since the epoch: signatures age by it, objects are dated by it. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** A request the service was sent, and how it was answered. */
export interface S3ServiceExchange {
  readonly method: string;
  /** Path and query as they were on the wire. */
  readonly path: string;
  readonly headers: Headers;
  readonly status: number;
}

const DEFAULT_IDENTITY: S3ServiceIdentity = { accessKeyId: 'CMXTESTKEY', secretAccessKey: 'cmx-test-secret' };
const MAX_EXCHANGES = 10_000;
const HOST_ID = 'cmx-test-host';

/**
 * An S3 in memory that answers as S3 documents and as real servers were seen to answer. It verifies signatures, digests,
 * conditions and the policies of forms; keeps versions, tags, checksums and unfinished uploads; pages its listings; and forgets
 * everything with the object. Configurations of buckets (life cycle, CORS, policy, …) are kept and given back, not carried out.
 * What it does not know is answered with `501 NotImplemented`, never passed over.
 *
 * Use it behind MSW, where no socket is opened, or served over HTTP by {@link startS3Service}.
 *
 * @example
 * ```ts
 * const service = new S3Service({ buckets: ['photos'] });
 * const server = setupServer(...(await service.handlers('https://s3.test')));
 * ```
 */
export class S3Service {
  readonly region: string;
  /** The last 10,000 requests and how they were answered, in the order of the answers. Empty it to look at what comes next. */
  readonly exchanges: S3ServiceExchange[] = [];
  readonly #options: S3ServiceOptions;
  readonly #identities: S3ServiceIdentity[];
  readonly #buckets = new Map<string, Bucket>();
  readonly #faults = new FaultQueue();

  /** @throws {InvalidArgumentError} An option is not what it should be. */
  constructor(options: S3ServiceOptions = {}) {
    checkOptions(options);
    this.#options = options;
    this.region = options.region ?? 'us-east-1';
    this.#identities = [...(options.identities ?? [DEFAULT_IDENTITY])];
    for (const name of options.buckets ?? []) this.#buckets.set(name, new Bucket(name, this.region, () => this.#now()));
  }

  /** The first who may sign: keys for a client. */
  get identity(): S3ServiceIdentity {
    return this.#identities[0] ?? DEFAULT_IDENTITY;
  }

  /** What is kept, for assertions. Fill the service with a client: what that sends is checked. */
  get buckets(): ReadonlyMap<string, S3ServiceBucket> {
    return this.#buckets;
  }

  /** Unfinished uploads in all buckets: a client that tidies up leaves none. */
  get openUploads(): number {
    return [...this.#buckets.values()].reduce((sum, bucket) => sum + bucket.uploads.size, 0);
  }

  /** Lets somebody else sign, too: the next session token, for example. */
  addIdentity(identity: S3ServiceIdentity): void {
    this.#identities.push(identity);
  }

  /**
   * Plans a failure: the next request that it fits meets it instead of its answer, or within its answer.
   *
   * @throws {InvalidArgumentError} The fault is not one.
   */
  fail(fault: S3ServiceFault): void {
    checkFault(fault);
    this.#faults.add(fault);
  }

  /**
   * The service as handlers for MSW's `setupServer`.
   *
   * @param origin - Where the service seems to be, such as `https://s3.test`. Default: everywhere.
   * @throws {MissingDependencyError} `msw` is not installed.
   */
  async handlers(origin = '*'): Promise<HttpHandler[]> {
    const { http } = await import('msw').catch((cause: unknown) => {
      throw new MissingDependencyError('msw', { cause });
    });
    const handle = ({ request }: { readonly request: Request }) => this.handle(request);
    return [http.all(`${origin}/*`, handle), http.all(origin, handle)];
  }

  /**
   * Answers one request. Never rejects because of what the request says.
   *
   * @param path - Path and query as they were on the wire. Default: the request's, which has dot segments resolved.
   */
  async handle(request: Request, path?: string): Promise<Response> {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    const received = await receive(request, path);
    const response = await this.#answer(received).catch((error: unknown) => errorResponse(toFailure(error), request.method, { requestId, hostId: HOST_ID }));
    const { method, url, headers } = received;
    this.exchanges.push({ method, path: url.pathname + url.search, headers, status: response.status });
    if (this.exchanges.length > MAX_EXCHANGES) this.exchanges.shift();
    const more = { 'x-amz-request-id': requestId, 'x-amz-id-2': HOST_ID, date: new Date(this.#now()).toUTCString() };
    for (const [name, value] of Object.entries(more)) if (!response.headers.has(name)) response.headers.set(name, value);
    return response;
  }

  async #answer(request: SignedRequest): Promise<Response> {
    const context = this.#context(request);
    const fault = this.#faults.take(context);
    if (fault && 'code' in fault) throw new S3Failure(fault.status, fault.code, fault.message ?? 'A planned failure', { headers: fault.headers });
    refuseUnknown(context);
    if (!isForm(context)) verifySignature(context, context.verifier);
    const response = await respond(context);
    return fault && 'breakAfterBytes' in fault ? breakBody(response, fault.breakAfterBytes) : response;
  }

  #context(request: SignedRequest): Context {
    const { url } = request;
    const suffix = `.${this.#options.virtualHost ?? '-'}`;
    const hostname = url.host.replace(/:\d+$/, '');
    const virtual = hostname.endsWith(suffix) ? hostname.slice(0, -suffix.length) : undefined;
    const slash = virtual === undefined ? url.pathname.indexOf('/', 1) : 0;
    return {
      ...request,
      buckets: this.#buckets,
      bucketName: virtual ?? decodeURIComponent(slash < 0 ? url.pathname.slice(1) : url.pathname.slice(1, slash)),
      key: slash < 0 ? '' : decodeURIComponent(url.pathname.slice(slash + 1)),
      query: new URLSearchParams(url.search),
      verifier: { identities: this.#identities, region: this.region, now: () => this.#now() },
      minPartBytes: this.#options.minPartBytes ?? 5 * 1024 ** 2,
      now: () => this.#now(),
    };
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

function checkOptions({ identities, minPartBytes, region }: S3ServiceOptions): void {
  if (identities?.length === 0) throw new InvalidArgumentError('identities must name at least one who may sign');
  if (identities?.some(({ accessKeyId, secretAccessKey }) => !accessKeyId || !secretAccessKey)) throw new InvalidArgumentError('identities must have an accessKeyId and a secretAccessKey');
  if (minPartBytes !== undefined && !(Number.isSafeInteger(minPartBytes) && minPartBytes > 0)) throw new InvalidArgumentError('minPartBytes must be a positive integer');
  if (region === '') throw new InvalidArgumentError('region must not be empty');
}

async function receive(request: Request, path: string | undefined): Promise<SignedRequest> {
  const { method, headers, url } = request;
  const { host, pathname, search } = new URL(url);
  const wire = path ?? pathname + search;
  const mark = wire.indexOf('?');
  return {
    method,
    headers,
    url: { host: headers.get('host') ?? host, pathname: mark < 0 ? wire : wire.slice(0, mark), search: mark < 0 ? '' : wire.slice(mark) },
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

/** What a request is answered with when it could not be served. Anything unforeseen is a mistake of this service, and thrown. */
function toFailure(error: unknown): S3Failure {
  if (error instanceof S3Failure) return error;
  if (error instanceof URIError) return new S3Failure(400, 'InvalidURI', "Couldn't parse the specified URI.");
  throw error;
}

/** The same answer, whose body ends in an error before its declared length. */
function breakBody(response: Response, afterBytes: number): Response {
  const reader = response.body?.getReader();
  let left = afterBytes;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { value } = left > 0 && reader ? await reader.read() : {};
    if (!value) return controller.error(new Error('The connection was cut, as planned'));
    controller.enqueue(value.subarray(0, left));
    left -= value.length;
  };
  // Without a buffer: an error would throw away what was not read yet.
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), response);
}
