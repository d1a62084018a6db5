import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { serveRequests, type Listening } from '@cmx/http/testing';
import { S3Service, type S3ServiceOptions } from './s3-service.ts';

export interface StartS3ServiceOptions extends S3ServiceOptions {
  /** The port to listen on. Default 0: one that is free. */
  readonly port?: number | undefined;
}

/** How a client reaches a service. Its dialect is AWS's, since it answers as AWS does. */
export interface S3ServiceClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly addressing: 'path';
  readonly dialect: 'aws';
  readonly credentials: AccessKeyCredentials;
}

/** A service that listens. */
export interface RunningS3Service extends Listening, AsyncDisposable {
  readonly service: S3Service;
  /** Options for a client of it: `new S3CompatibleClient(running.clientOptions)`. */
  readonly clientOptions: S3ServiceClientOptions;
}

/**
 * Serves an {@link S3Service} over HTTP on the loopback interface, for clients in this process and in others: tests of an
 * application, a command line, an SDK in another language. Everything is kept in memory.
 *
 * @throws {InvalidArgumentError} An option is not what it should be.
 * @throws Node's own error, when the port is taken (`EADDRINUSE`) or may not be used (`EACCES`).
 */
export async function startS3Service({ port = 0, ...options }: StartS3ServiceOptions = {}): Promise<RunningS3Service> {
  const service = new S3Service(options);
  const listening = await serveRequests((request, path) => service.handle(request, path), port);
  return {
    ...listening,
    service,
    clientOptions: { endpoint: listening.url, region: service.region, addressing: 'path', dialect: 'aws', credentials: { kind: 'access_key', ...service.identity } },
    [Symbol.asyncDispose]: () => listening.close(),
  };
}
