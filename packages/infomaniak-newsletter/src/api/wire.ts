import { invalidArgument } from './newsletter-errors.ts';

/**
 * One rule instead of a mapper per resource: the names of the API document in camel case, and every `…_at` (Unix seconds) as a
 * `Date`. Whatever the service adds later comes through under the same rule.
 */

/** Objects under these names are keyed by somebody's own words (field keys, browser names), which are not ours to rename. */
const KEYED_BY_OTHERS: ReadonlySet<string> = new Set(['fields', 'mobile', 'browser']);

/** The document's only name that is not in snake case. */
const KEPT_NAMES: ReadonlySet<string> = new Set(['actionId']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const toCamel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const toSnake = (name: string): string => (KEPT_NAMES.has(name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** Memory for a function of names, of which there are a few dozen. */
function remembered(convert: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const converted = convert(name);
    if (known.size < 1000) known.set(name, converted);
    return converted;
  };
}

const camel = remembered(toCamel);
const snake = remembered(toSnake);

/** What the service sent, in our words. A time of 0 or `null` means "never" and becomes `undefined`. */
export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const name in value) {
    const member = value[name];
    if (name.endsWith('_at')) result[camel(name)] = fromUnixSeconds(member);
    else result[camel(name)] = KEYED_BY_OTHERS.has(name) && isObject(member) ? member : fromWire(member);
  }
  return result;
}

/** What the caller gave, in the service's words. `undefined` members are left out. */
export function toWire(value: unknown): unknown {
  if (value instanceof Date) return toUnixSeconds(value);
  if (Array.isArray(value)) return value.map(toWire);
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    result[snake(name)] = KEYED_BY_OTHERS.has(name) && isObject(member) ? member : toWire(member);
  }
  return result;
}

function fromUnixSeconds(value: unknown): unknown {
  if (value === null || value === 0) return undefined;
  return typeof value === 'number' ? new Date(value * 1000) : value;
}

/** @throws {InvalidArgumentError} The date is not a valid one. */
export function toUnixSeconds(date: Date): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw invalidArgument('A date is invalid');
  return Math.floor(time / 1000);
}
