import type { ResponseHeaders } from './transport.ts';

/** Headers kept as a record whose names are in lower case. */
export class RecordHeaders implements ResponseHeaders {
  readonly #record: Readonly<Record<string, string | readonly string[] | undefined>>;

  constructor(record: Readonly<Record<string, string | readonly string[] | undefined>>) {
    this.#record = record;
  }

  get(name: string): string | undefined {
    const key = name.toLowerCase();
    return Object.hasOwn(this.#record, key) ? joined(this.#record[key]) : undefined;
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    for (const [name, value] of Object.entries(this.#record)) yield [name, joined(value) ?? ''];
  }
}

function joined(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value;
}

/** Headers of names and values in turn, as node gives them. */
export function headersFromPairs(pairs: readonly string[]): ResponseHeaders {
  const record: Record<string, string | string[] | undefined> = Object.create(null) as Record<string, string[]>;
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const name = (pairs[index] as string).toLowerCase();
    const value = pairs[index + 1] as string;
    const known = record[name];
    if (known === undefined) record[name] = value;
    else record[name] = typeof known === 'string' ? [known, value] : [...known, value];
  }
  return new RecordHeaders(record);
}
