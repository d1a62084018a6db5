/** JSON as it goes over the wire. */
export type Json = Record<string, any>;

/** A request as a route sees it. */
export interface ServiceRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, any>>;
  readonly body: Json;
}

/** An answer: the envelope's members besides `result`, which follows from them. */
export interface Reply {
  readonly status: number;
  readonly envelope: Json;
}

export interface Route {
  readonly method: string;
  /** Below the domain, with `:name` for a parameter. */
  readonly path: string;
  run(request: ServiceRequest): Reply;
}

export const success = (data: unknown, status = 200): Reply => ({ status, envelope: { result: 'success', data } });

export const accepted = (operationId: string, status = 202): Reply => ({ status, envelope: { result: 'asynchronous', data: operationId } });

export const failure = (status: number, code: string, description: string, more: Json = {}): Reply => ({ status, envelope: { result: 'error', error: { code, description, ...more } } });

export const notFound = (): Reply => failure(404, 'object_not_found', 'Object not found');

/** What the service says of input it does not take: one complaint for each attribute. */
export function invalid(complaints: Readonly<Record<string, string>>): Reply {
  const errors = Object.entries(complaints).map(([attribute, description]) => ({ code: 'validation_rule', description, context: { attribute, values: {} } }));
  return failure(422, 'validation_failed', 'Validation failed', { errors });
}

/** The complaint about members that are missing, or nothing. */
export function missing(body: Json, ...names: string[]): Reply | undefined {
  const absent = names.filter((name) => body[name] === undefined || body[name] === '');
  return absent.length > 0 ? invalid(Object.fromEntries(absent.map((name) => [name, `The ${name} field is required.`]))) : undefined;
}
