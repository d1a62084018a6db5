export { HttpClient } from './http-client.ts';
export type { ErrorDecoder, ErrorResponse, HttpAuth, HttpClientOptions, HttpMethod, HttpRequest, HttpResponse, OutgoingRequest } from './http-client-options.ts';
export type { RequestBody, ResponseHeaders, Timeouts, Transport, TransportBody, TransportRequest, TransportResponse } from './transport.ts';
