import type { ResponseHeaders } from '../../transport.ts';

/** Headers as a parser found them: names in lower case and values in turn. Answers have few, so they are looked through. */
export class ParsedHeaders implements ResponseHeaders {
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
    const joined = new Map<string, string>();
    for (let index = 0; index < this.#pairs.length; index += 2) {
      const name = this.#pairs[index] as string;
      const value = this.#pairs[index + 1] as string;
      const known = joined.get(name);
      joined.set(name, known === undefined ? value : `${known}, ${value}`);
    }
    yield* joined;
  }
}
