import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CloudError, type ByteRange, type CloudErrorCode, type ContentHeaders, type PresignedUrl, type PresignMethod, type PutObjectOptions, type StorageClient } from '@cmx/cloud-core';

/** What is signed into a URL. */
interface Grant {
  readonly method: PresignMethod;
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  readonly versionId?: string | undefined;
  /** Headers an upload must carry exactly so; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly responseHeaders?: ContentHeaders | undefined;
}

const STATUS: Partial<Record<CloudErrorCode, number>> = {
  not_found: 404,
  bucket_not_found: 404,
  permission_denied: 403,
  invalid_argument: 400,
  precondition_failed: 412,
  not_modified: 304,
  range_not_satisfiable: 416,
  quota_exceeded: 507,
};

/**
 * A small HTTP server on the loopback interface that answers presigned URLs. It starts with the first URL, signs with a key
 * of its own that dies with it, and does not keep the process alive.
 */
export class PresignServer {
  readonly #client: StorageClient;
  readonly #secret = randomBytes(32);
  #server: Promise<Server> | undefined;

  constructor(client: StorageClient) {
    this.#client = client;
  }

  async presign(grant: Grant): Promise<PresignedUrl> {
    const address = (await this.#start()).address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const token = Buffer.from(JSON.stringify(grant)).toString('base64url');
    const path = [grant.bucket, ...grant.key.split('/')].map(encodeURIComponent).join('/');
    const url = `http://127.0.0.1:${port}/${path}?grant=${token}&signature=${this.#sign(token, `/${path}`)}`;
    return { method: grant.method, url, headers: grant.headers, expiresAt: new Date(grant.expires) };
  }

  async close(): Promise<void> {
    const server = await this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  #start(): Promise<Server> {
    this.#server ??= import('node:http').then(
      ({ createServer }) =>
        new Promise<Server>((resolve, reject) => {
          const server = createServer((request, response) => void this.#answer(request, response));
          server.unref();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    );
    return this.#server;
  }

  #sign(token: string, path: string): string {
    return createHmac('sha256', this.#secret).update(`${path}\n${token}`).digest('base64url');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const grant = this.#verify(request);
      if (grant.method === 'PUT') await this.#put(grant, request, response);
      else if (grant.method === 'DELETE') await this.#delete(grant, response);
      else await this.#get(grant, request, response);
    } catch (error) {
      refuse(response, error);
    }
  }

  /** @throws {CloudError} `permission_denied`: tampered with, expired, or not the request that was signed. */
  #verify(request: IncomingMessage): Grant {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const token = url.searchParams.get('grant') ?? '';
    // Compared as text: of base64, several texts stand for the same bytes.
    const signature = Buffer.from(url.searchParams.get('signature') ?? '');
    const expected = Buffer.from(this.#sign(token, url.pathname));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) throw new CloudError('permission_denied', 'The signature does not match');
    const grant = JSON.parse(Buffer.from(token, 'base64url').toString()) as Grant;
    if (request.method !== grant.method) throw new CloudError('permission_denied', `The URL was signed for ${grant.method}`);
    if (grant.expires < Date.now()) throw new CloudError('permission_denied', 'The URL has expired');
    for (const [name, value] of Object.entries(grant.headers)) {
      if (request.headers[name] !== value) throw new CloudError('permission_denied', `The header ${name} is not the one that was signed`);
    }
    return grant;
  }

  async #put(grant: Grant, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const length = request.headers['content-length'];
    const options: PutObjectOptions = { contentType: request.headers['content-type'], ...(length === undefined ? {} : { sizeInBytes: Number(length) }) };
    const { etag } = await this.#client.putObject(grant.bucket, grant.key, request, options);
    response.writeHead(200, { etag: `"${etag}"` }).end();
  }

  async #delete(grant: Grant, response: ServerResponse): Promise<void> {
    await this.#client.deleteObject(grant.bucket, grant.key, { versionId: grant.versionId });
    response.writeHead(204).end();
  }

  async #get(grant: Grant, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const range = parseRange(request.headers.range);
    const { versionId, bucket, key } = grant;
    const ifMatch = unquote(request.headers['if-match']);
    const ifNoneMatch = unquote(request.headers['if-none-match']);
    await using object = await this.#client.getObject(bucket, key, { versionId, range, ifMatch, ifNoneMatch, verifyChecksum: false });
    const { metadata } = object;
    response.writeHead(object.range ? 206 : 200, {
      etag: `"${metadata.etag}"`,
      'last-modified': metadata.lastModified.toUTCString(),
      'accept-ranges': 'bytes',
      'content-length': object.sizeInBytes,
      ...(object.range && { 'content-range': `bytes ${object.range.start}-${object.range.end}/${object.range.totalSizeInBytes}` }),
      ...contentHeaders({ ...metadata, ...grant.responseHeaders }),
    });
    if (grant.method === 'HEAD') return void response.end();
    const { pipeline } = await import('node:stream/promises');
    await pipeline(object, response);
  }
}

function contentHeaders(headers: ContentHeaders): Record<string, string> {
  const { contentType, contentEncoding, contentLanguage, contentDisposition, cacheControl, expires } = headers;
  const all = {
    'content-type': contentType,
    'content-encoding': contentEncoding,
    'content-language': contentLanguage,
    'content-disposition': contentDisposition,
    'cache-control': cacheControl,
    expires: expires && new Date(expires).toUTCString(),
  };
  return Object.fromEntries(Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined));
}

/** One range of bytes; anything else is ignored, as HTTP wants. */
function parseRange(header: string | undefined): ByteRange | undefined {
  const [, start, end] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (start) return { start: Number(start), end: end ? Number(end) : undefined };
  return end ? { suffix: Number(end) } : undefined;
}

function unquote(etag: string | undefined): string | undefined {
  return etag?.replace(/^(W\/)?"|"$/g, '');
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const code = CloudError.is(error) ? error.code : 'unknown';
  response.writeHead(STATUS[code] ?? 500, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${code}\n`);
}
