import { serveRequests, type Listening } from '@cmx/http/testing';
import { CodaService, type CodaServiceOptions } from './coda-service.ts';

export interface StartCodaServiceOptions extends CodaServiceOptions {
  /** The port to listen on. Default 0: one that is free. */
  readonly port?: number | undefined;
}

/** A service that listens. */
export interface RunningCodaService extends Listening, AsyncDisposable {
  readonly service: CodaService;
  /** Options for a client of it: `new CodaClient(running.clientOptions)`. */
  readonly clientOptions: { readonly token: string; readonly baseUrl: string };
}

/**
 * Serves a {@link CodaService} over HTTP on the loopback interface, for clients in this process and in others. Everything is kept
 * in memory.
 *
 * @throws {InvalidArgumentError} An option is not what it should be.
 * @throws Node's own error, when the port is taken (`EADDRINUSE`) or may not be used (`EACCES`).
 */
export async function startCodaService({ port = 0, ...options }: StartCodaServiceOptions = {}): Promise<RunningCodaService> {
  const service = new CodaService(options);
  const listening = await serveRequests((request) => service.handle(request), port);
  return { ...listening, service, clientOptions: { token: service.token, baseUrl: `${listening.url}/apis/v1` }, [Symbol.asyncDispose]: () => listening.close() };
}
