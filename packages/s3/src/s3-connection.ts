import { CloudError, InvalidArgumentError, type CallOptions, type ErrorResource, type Logger, type ProviderName } from '@cmx/cloud-core';
import type { ResumableBodyOptions } from '@cmx/cloud-core/body';
import { HttpFunnel, type HttpMethod, type HttpResponse, type RequestBody } from '@cmx/http';
import { CredentialSource } from './credentials/credentials.ts';
import type { S3Dialect } from './dialects/dialect.ts';
import type { RequestHeaders } from './objects/store-headers.ts';
import type { S3ConnectionOptions } from './s3-client-options.ts';
import { decodeS3Error, errorOfElement, S3_REQUEST_ID_HEADERS, type S3ErrorDetails } from './s3-errors.ts';
import { PayloadHasher } from './signing/payload-hasher.ts';
import { s3Auth } from './signing/s3-auth.ts';
import { SigV4Signer, type SigningContext } from './signing/sigv4-signer.ts';
import { bucketAddress, encodeKey, queryString, type BucketAddress, type QueryParameters } from './urls.ts';
import { parseXml, type XmlElement } from './xml/xml-reader.ts';

/** What a call is called in errors: what `StorageArguments` made of it. */
export interface CallName {
  readonly operation: string;
  readonly resource?: ErrorResource | undefined;
}

/** One request to the service, before it has an address and a signature. */
export interface S3Request {
  readonly call: CallName;
  readonly method: HttpMethod;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly query?: QueryParameters | undefined;
  readonly headers?: RequestHeaders | undefined;
  readonly body?: RequestBody | undefined;
  readonly retry?: 'always' | 'refused' | 'never' | undefined;
  /** Default `true`: the answer is small and read at once. */
  readonly collect?: boolean | undefined;
  /** Looks into a success for an error, inside the retry loop. */
  readonly verify?: ((response: HttpResponse) => void | Promise<void>) | undefined;
}

/** One region's way to the service. */
interface Link {
  readonly region: string;
  readonly endpoint: string;
  readonly http: HttpFunnel;
}

/** Sends requests: knows addresses, signs, and finds out which region a bucket is in when it is another than expected. */
export class S3Connection {
  readonly provider: ProviderName;
  readonly dialect: S3Dialect;
  readonly region: string;
  readonly signer = new SigV4Signer();
  readonly credentials: CredentialSource | undefined;
  /** Whether the bytes of uploads are signed; otherwise TLS guards them. */
  readonly signsPayload: boolean;
  readonly logger: Logger | undefined;
  /** What is needed to go on when something breaks. */
  readonly bodyOptions: Pick<ResumableBodyOptions, 'idleTimeoutInMs' | 'telemetry' | 'retry' | 'retryBudget' | 'clock'>;
  readonly #options: S3ConnectionOptions;
  readonly #payloadHasher: PayloadHasher | undefined;
  readonly #addressing: 'path' | 'virtual';
  readonly #links = new Map<string, Link>();
  readonly #home: Link;
  /** Buckets seen in another region than the client's. */
  readonly #regions = new Map<string, string>();

  constructor(options: S3ConnectionOptions) {
    this.#options = options;
    this.provider = options.provider;
    this.dialect = options.dialect;
    this.region = options.region ?? this.dialect.defaultRegion;
    this.credentials = options.credentials === 'anonymous' ? undefined : new CredentialSource(options.credentials, options.clock);
    this.signsPayload = options.signsPayload ?? endpointOf(options, this.region).startsWith('http:');
    this.#payloadHasher = this.signsPayload ? new PayloadHasher(this.signer.crypto) : undefined;
    this.logger = options.logger;
    const { timeouts, telemetry, retry, retryBudget, clock } = options;
    this.bodyOptions = { idleTimeoutInMs: timeouts?.idleInMs, telemetry, retry, retryBudget, clock };
    this.#home = this.#link(this.region);
    this.#addressing = options.addressing ?? (isNamedHost(this.#home.endpoint) ? this.dialect.addressing : 'path');
  }

  /**
   * Memory for the parts of a body that another thread may hash while this one sends them; `undefined` where they are not hashed,
   * or have to lie in ordinary memory.
   */
  get partMemory(): ((sizeInBytes: number) => Uint8Array) | undefined {
    return this.#payloadHasher?.mayHashAside && this.#home.http.takesSharedMemory ? sharedMemory : undefined;
  }

  /**
   * Sends one request. A bucket that turns out to be in another region is looked for there, once, and remembered.
   *
   * @throws {CloudError}
   */
  async send(request: S3Request, options: CallOptions): Promise<HttpResponse> {
    const link = this.#linkOf(request.bucket);
    try {
      return await this.#sendBy(link, request, options);
    } catch (error) {
      const region = regionElsewhere(error, link.region);
      if (region === undefined || request.bucket === undefined) throw error;
      this.#regions.set(request.bucket, region);
      return this.#sendBy(this.#link(region), request, options);
    }
  }

  /**
   * Sends one request whose success is a document. A success status with an error, nothing or something else inside is an
   * error, found inside the retry loop.
   *
   * @param root - Name of the document's root element.
   */
  async sendForXml(request: S3Request, root: string, options: CallOptions): Promise<{ readonly document: XmlElement; readonly response: HttpResponse }> {
    let document: XmlElement | undefined;
    const response = await this.send(
      {
        ...request,
        verify: async (answer) => {
          document = successDocument(await answer.body.bytes(), root, answer);
        },
      },
      options,
    );
    return { document: document ?? successDocument(await response.body.bytes(), root, response), response };
  }

  /** Where a bucket's requests go. */
  address(bucket: string): BucketAddress {
    return bucketAddress(this.#linkOf(bucket).endpoint, bucket, this.#addressing);
  }

  /** Who signs a presigned URL, for which region, and when by this client's clock. */
  async signingContext(bucket: string, options: CallOptions): Promise<SigningContext> {
    if (this.credentials === undefined) throw new InvalidArgumentError('A client without credentials cannot presign');
    const now = this.#options.clock?.now() ?? Date.now();
    return { credentials: await this.credentials.get(options), region: this.#linkOf(bucket).region, now };
  }

  async close(): Promise<void> {
    this.#payloadHasher?.close();
    await Promise.all(Array.from(this.#links.values(), ({ http }) => http.close()));
  }

  #sendBy({ endpoint, http }: Link, { call, method, bucket, key, query, headers, body, retry, collect = true, verify }: S3Request, options: CallOptions): Promise<HttpResponse> {
    const address = bucket === undefined ? undefined : bucketAddress(endpoint, bucket, this.#addressing);
    const path = key === undefined ? address?.path || '/' : `${address?.path ?? ''}/${encodeKey(key)}`;
    return http.request(
      {
        operation: call.operation,
        resource: call.resource,
        method,
        path: query === undefined ? path : path + queryString(query),
        origin: address?.origin,
        headers,
        body,
        retry,
        collect,
        verify,
      },
      options,
    );
  }

  #linkOf(bucket: string | undefined): Link {
    const region = bucket === undefined || this.#regions.size === 0 ? undefined : this.#regions.get(bucket);
    return region === undefined ? this.#home : this.#link(region);
  }

  #link(region: string): Link {
    const known = this.#links.get(region);
    if (known !== undefined) return known;
    const endpoint = endpointOf(this.#options, region);
    const { provider, transport, timeouts, retry, retryBudget, logger, telemetry, clock, random } = this.#options;
    const http = new HttpFunnel({
      provider,
      service: 's3',
      baseUrl: endpoint,
      transport,
      auth: s3Auth({ signer: this.signer, credentials: this.credentials, region, payloadHasher: this.#payloadHasher }),
      decodeError: decodeS3Error,
      requestIdHeaders: S3_REQUEST_ID_HEADERS,
      timeouts,
      retry,
      retryBudget,
      logger,
      telemetry,
      clock,
      random,
    });
    const link: Link = { region, endpoint, http };
    this.#links.set(region, link);
    return link;
  }
}

function sharedMemory(sizeInBytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(sizeInBytes));
}

/** The region an error says the bucket is in, when the request went to another one. */
function regionElsewhere(error: unknown, region: string): string | undefined {
  if (!CloudError.is(error) || (error.status !== 301 && error.status !== 307 && error.status !== 400)) return undefined;
  const actual = (error.details as S3ErrorDetails | undefined)?.region;
  return actual === region ? undefined : actual;
}

/** What moto calls the roots of two documents that are otherwise as AWS has them. Nothing else is taken for what was asked for. */
const OTHER_ROOTS: Readonly<Record<string, string>> = { ListPartsResult: 'ListPartsResponse', VersioningConfiguration: 'GetBucketVersioningResponse' };

function successDocument(body: Uint8Array, root: string, response: HttpResponse): XmlElement {
  const document = parseXml(body);
  if (document.name === 'Error') throw errorOfElement(document, response.status, response.headers);
  if (document.name !== root && document.name !== OTHER_ROOTS[root]) throw new CloudError('unknown', `The answer is a <${document.name}>, not the <${root}> of an S3 service (a proxy?)`, { phase: 'response', requestId: response.requestId });
  return document;
}

/** Scheme, host, port that is not the scheme's own, and a path without a slash at its end. */
function endpointOf({ endpoint, dialect }: S3ConnectionOptions, region: string): string {
  const template = endpoint ?? dialect.endpoint;
  if (template === undefined) throw new InvalidArgumentError(`The dialect "${dialect.name}" needs an endpoint`);
  const text = template.replaceAll('{region}', region) + (endpoint === undefined && region.startsWith('cn-') ? '.cn' : '');
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '') {
    throw new InvalidArgumentError('The endpoint must be an http or https URL without credentials and query');
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Whether labels can be put before the host: not before an address, and not before a name without dots. */
function isNamedHost(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname.includes('.') && !/^[\d.]+$/.test(hostname) && !hostname.startsWith('[');
}
