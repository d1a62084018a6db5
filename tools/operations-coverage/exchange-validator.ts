import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { rewrite, type ApiDescription, type ApiOperation, type ApiParameter, type JsonSchema } from './api-description.ts';
import { parseQuery } from './query.ts';

/** Set by the coverage command: the directory into which each test process writes what it exercised. */
export const COVERAGE_DIRECTORY = 'CMX_OPERATIONS_COVERAGE';

export interface RequestToCheck {
  readonly method: string;
  /** Path with query, as it is on the wire; the document's base path may be in front. */
  readonly path: string;
  /** Parsed JSON, or `undefined` for none. */
  readonly body?: unknown;
}

export interface ResponseToCheck {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

/** Checks requests and answers against an API description and remembers which operations were exercised. */
export class ExchangeValidator {
  readonly description: ApiDescription;
  /** Ids of the operations for which a valid request was seen. */
  readonly exercised = new Set<string>();
  readonly #bodies: Ajv;
  readonly #queries: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #routes: readonly { readonly operation: ApiOperation; readonly pattern: RegExp }[];

  constructor(description: ApiDescription) {
    this.description = description;
    this.#bodies = this.#ajv({});
    this.#queries = this.#ajv({ coerceTypes: true });
    const bySpecificity = [...description.operations].sort((a, b) => a.path.split('{').length - b.path.split('{').length);
    this.#routes = bySpecificity.map((operation) => ({ operation, pattern: patternOf(operation.path) }));
  }

  /** The operation a request is for: a route with fewer parameters wins (`/packs/listings` over `/packs/{packId}`). */
  operationOf(method: string, pathWithQuery: string): ApiOperation | undefined {
    const { basePath } = this.description;
    const path = pathWithQuery.split('?', 1)[0] ?? '';
    const inside = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
    return this.#routes.find(({ operation, pattern }) => operation.method === method && pattern.test(inside))?.operation;
  }

  /** @returns What is wrong with the request, a sentence each. A valid one counts as exercised. */
  request({ method, path, body }: RequestToCheck): string[] {
    const operation = this.operationOf(method, path);
    if (!operation) return [`${method} ${path}: no such operation`];
    const problems = [...this.#queryProblems(operation, path), ...this.#bodyProblems(operation, body)];
    if (problems.length === 0) this.exercised.add(operation.id);
    return problems;
  }

  /** @returns What is wrong with the answer, a sentence each. */
  response({ method, path, status, body }: ResponseToCheck): string[] {
    const operation = this.operationOf(method, path);
    if (!operation) return [`${method} ${path}: no such operation`];
    const schema = operation.responses[String(status)];
    if (schema === undefined) {
      const known = status >= 500 || this.description.undocumentedStatuses.includes(status);
      return known ? [] : [`${operation.id}: ${String(status)} is not a documented status`];
    }
    return schema === null ? [] : this.#problems(this.#bodies, `${operation.id}.${String(status)}`, schema, body);
  }

  /** Leaves what was exercised to the coverage command; does nothing in an ordinary test run. */
  saveCoverage(): void {
    const directory = process.env[COVERAGE_DIRECTORY];
    if (!directory) return;
    mkdirSync(directory, { recursive: true });
    const report = { document: this.description.document, exercised: [...this.exercised] };
    writeFileSync(path.join(directory, `${this.description.document}-${randomUUID()}.json`), JSON.stringify(report));
  }

  #ajv(options: { coerceTypes?: boolean }): Ajv {
    const ajv = new Ajv({ ...options, strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    return ajv.addSchema({ $id: 'api', components: this.description.components });
  }

  #queryProblems(operation: ApiOperation, pathWithQuery: string): string[] {
    const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
    const query = parseQuery(pathWithQuery.split('?')[1] ?? '', new Set(parameters.filter(isList).map(({ name }) => name)));
    return this.#problems(this.#queries, `${operation.id}.query`, querySchema(parameters), query);
  }

  #bodyProblems({ id, body: expected }: ApiOperation, body: unknown): string[] {
    if (!expected) return body === undefined ? [] : [`${id}: a body was sent where none belongs`];
    if (body === undefined) return expected.required ? [`${id}: the body is missing`] : [];
    return this.#problems(this.#bodies, `${id}.body`, expected.schema, body);
  }

  #problems(ajv: Ajv, name: string, schema: JsonSchema, value: unknown): string[] {
    let validate = this.#compiled.get(name);
    if (!validate) {
      validate = ajv.compile(withAbsoluteReferences(schema));
      this.#compiled.set(name, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${name}: ${sentence(error)}`);
  }
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || 'the value'} ${message ?? 'is wrong'} ${JSON.stringify(params)}`;
}

function isList({ commaSeparated, schema }: ApiParameter): boolean {
  return commaSeparated && schema.type !== 'string';
}

function querySchema(parameters: readonly ApiParameter[]): JsonSchema {
  return {
    type: 'object',
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    additionalProperties: false,
  };
}

function patternOf(path: string): RegExp {
  const source = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('[^/]+')}$`);
}

/** Operation schemas stand outside the document, so their references must name it. */
function withAbsoluteReferences(schema: JsonSchema): JsonSchema {
  return rewrite(schema, ({ $ref, ...rest }) => (typeof $ref === 'string' ? { ...rest, $ref: `api${$ref}` } : rest));
}
