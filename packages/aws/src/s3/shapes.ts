import { checks, type Check } from '@cmx/cloud-core';

type Shape = Readonly<Record<string, Check>>;

/** An object with these fields and no others. Fields that are `undefined` count as absent. */
export function record(required: Shape, optional: Shape = {}): Check {
  const known = { ...required, ...optional };
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
    const fields = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(fields)) {
      if (!Object.hasOwn(known, name)) return `has the unknown field ${JSON.stringify(name)}; the fields are ${Object.keys(known).join(', ')}`;
    }
    for (const [name, check] of Object.entries(known)) {
      const wrong = fields[name] === undefined && !Object.hasOwn(required, name) ? undefined : check(fields[name]);
      if (wrong !== undefined) return within(name, wrong);
    }
    return undefined;
  };
}

/** An array, possibly empty, of things that pass a check. */
export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'must be an array';
    for (const [index, item] of value.entries()) {
      const wrong = check(item);
      if (wrong !== undefined) return within(String(index), wrong);
    }
    return undefined;
  };
}

/** As {@link listOf}, with at least one. */
export function someOf(check: Check): Check {
  return (value) => listOf(check)(value) ?? ((value as unknown[]).length === 0 ? 'must not be empty' : undefined);
}

export const texts: Check = listOf(checks.text);

/** Where in a value something is wrong: `.rules.0.id must not be empty`. */
function within(name: string, wrong: string): string {
  return wrong.startsWith('.') ? `.${name}${wrong}` : `.${name} ${wrong}`;
}
