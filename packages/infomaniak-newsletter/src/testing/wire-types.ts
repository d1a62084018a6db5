/** An answer's JSON. */
export type Json = Record<string, unknown>;

export interface Filter {
  readonly search?: string;
  readonly status?: string | readonly string[];
  readonly groups?: readonly (number | string)[];
  readonly action?: string;
}

export interface Select {
  readonly all: boolean;
  readonly include?: readonly number[];
  readonly exclude?: readonly number[];
}

/** Query parameters. */
export interface Query {
  readonly page?: string;
  readonly per_page?: string;
  readonly limit?: string;
  readonly skip?: string;
  readonly order_by?: string;
  readonly order?: string;
  readonly with?: string;
  readonly filter?: Filter;
  readonly date_from?: string;
  readonly date_to?: string;
}

export interface Recipients {
  readonly all_subscribers?: boolean;
  readonly emails?: readonly string[];
  readonly groups?: { readonly include?: readonly number[] };
}

export interface Condition {
  readonly type: string;
  readonly operator: string;
  readonly mailinglist_id?: number;
  readonly meta_id?: number;
  readonly value?: string;
}

export interface Conditions {
  readonly conds: readonly { readonly conds: readonly Condition[] }[];
}

/** Every member of any request body that the routes look at. */
export interface Body extends Json {
  readonly select?: Select;
  readonly filter?: Filter;
  readonly name?: string;
  readonly type?: string;
  readonly slug?: string;
  readonly data?: Conditions;
  readonly subject?: string;
  readonly content_html?: string;
  readonly recipients?: Recipients;
  readonly started_at?: number;
  readonly email?: string;
  readonly emails?: readonly string[];
  readonly status?: string;
  readonly groups?: readonly (number | string)[];
  readonly group_id?: number;
  readonly subscriber_ids?: readonly number[];
  readonly content?: string;
  readonly upload_id?: number;
  readonly csv_separator?: string;
  readonly csv_enclosure?: string;
}

/** A request as a route sees it. */
export interface ServiceRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
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

export const failure = (status: number, code: string, description: string, more: Json = {}): Reply => ({
  status,
  envelope: { result: 'error', error: { code, description, ...more } },
});

export const notFound = (): Reply => failure(404, 'object_not_found', 'Object not found');

/** What the service says of input it does not take: one complaint for each attribute. */
export function invalid(complaints: Readonly<Record<string, string>>): Reply {
  const errors = Object.entries(complaints).map(([attribute, description]) => ({
    code: 'validation_rule',
    description,
    context: { attribute, values: {} },
  }));
  return failure(422, 'validation_failed', 'Validation failed', { errors });
}

/** The complaint about members that are missing, or nothing. */
export function missing(body: Body, ...names: string[]): Reply | undefined {
  const absent = names.filter((name) => body[name] === undefined || body[name] === '');
  return absent.length > 0 ? invalid(Object.fromEntries(absent.map((name) => [name, `The ${name} field is required.`]))) : undefined;
}
