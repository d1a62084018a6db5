import { serveRequests, type Listening } from '@cmx/http/testing';
import { NewsletterService, type NewsletterServiceOptions } from './newsletter-service.ts';

export interface StartNewsletterServiceOptions extends NewsletterServiceOptions {
  /** The port to listen on. Default 0: one that is free. */
  readonly port?: number | undefined;
}

/** A service that listens. */
export interface RunningNewsletterService extends Listening, AsyncDisposable {
  readonly service: NewsletterService;
  /** Options for a client of it: `new InfomaniakNewsletterClient(running.clientOptions)`. */
  readonly clientOptions: { readonly token: string; readonly domainId: number; readonly baseUrl: string };
}

/**
 * Serves a {@link NewsletterService} over HTTP on the loopback interface, for clients in this process and in others. Everything is
 * kept in memory.
 *
 * @throws {InvalidArgumentError} An option is not what it should be.
 * @throws Node's own error, when the port is taken (`EADDRINUSE`) or may not be used (`EACCES`).
 */
export async function startNewsletterService({ port = 0, ...options }: StartNewsletterServiceOptions = {}): Promise<RunningNewsletterService> {
  const service = new NewsletterService(options);
  const listening = await serveRequests((request) => service.handle(request), port);
  return { ...listening, service, clientOptions: { token: service.token, domainId: service.domainId, baseUrl: listening.url }, [Symbol.asyncDispose]: () => listening.close() };
}
