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

/** Headers kept as they came: names in lower case and values in turn. Answers have few, so they are looked through. */
export class PairHeaders implements ResponseHeaders {
  readonly #pairs: readonly string[];

  constructor(pairs: readonly string[]) {
    this.#pairs = pairs;
  }

  get(name: string): string | undefined {
    const pairs = this.#pairs;
    const wanted = name.toLowerCase();
    let found: string | undefined;
    for (let index = 0; index < pairs.length; index += 2) {
      if (pairs[index] !== wanted) continue;
      const value = pairs[index + 1] as string;
      found = found === undefined ? value : `${found}, ${value}`;
    }
    return found;
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    const joinedByName = new Map<string, string>();
    for (let index = 0; index < this.#pairs.length; index += 2) {
      const name = this.#pairs[index] as string;
      const value = this.#pairs[index + 1] as string;
      const known = joinedByName.get(name);
      joinedByName.set(name, known === undefined ? value : `${known}, ${value}`);
    }
    yield* joinedByName;
  }
}

/** Headers of names and values in turn, as node gives them. */
export function headersFromPairs(pairs: readonly string[]): ResponseHeaders {
  return new PairHeaders(pairs.map((text, index) => (index % 2 === 0 ? text.toLowerCase() : text)));
}
