import { UnsupportedOperationError, InvalidArgumentError } from '../errors/errors.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { abortSignal, isRecord, nameOf, timeout, type Check } from './checks.ts';

/** What one option must be: a check of its value, and the capability without which it is refused. */
export interface OptionRule {
  readonly check: Check;
  /** The name of a capability that must be `true`. */
  readonly needs?: string | undefined;
}

/** The options a method knows, by name. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/** What every method takes. */
export const CALL_OPTIONS: OptionRules = { abortSignal: { check: abortSignal }, timeoutInMs: { check: timeout } };

/**
 * Refuses unknown options by name, options of the wrong kind, and options the service has no capability for, before any I/O.
 * An option that is `undefined` counts as not given.
 *
 * @param where - Provider, operation and resource for the error.
 * @throws {InvalidArgumentError}
 * @throws {UnsupportedOperationError}
 */
export function assertOptions(options: object, rules: OptionRules, where: CloudErrorFields, capabilities?: object): void {
  if (!isRecord(options)) throw new InvalidArgumentError(`The options must be an object, not ${nameOf(options)}`, where);
  for (const name in options) {
    if (!Object.hasOwn(rules, name)) {
      throw new InvalidArgumentError(`There is no option "${name}"; the options are ${Object.keys(rules).join(', ')}`, where);
    }
    const value = options[name];
    if (value === undefined) continue;
    const rule = rules[name] as OptionRule;
    if (rule.needs !== undefined && capabilities !== undefined) assertSupported(capabilities, rule.needs, where, name);
    const wrong = rule.check(value);
    if (wrong !== undefined) throw new InvalidArgumentError(`The option ${joined(name, wrong)}`, where);
  }
}

/**
 * Refuses what the service cannot do, before any I/O.
 *
 * @param option - The option that asks for it, when the method itself is supported.
 * @throws {UnsupportedOperationError}
 */
export function assertSupported(capabilities: object, feature: string, where: CloudErrorFields, option?: string): void {
  const value = (capabilities as Readonly<Record<string, unknown>>)[feature];
  if (value !== false && value !== undefined && !(Array.isArray(value) && value.length === 0)) return;
  const what = option === undefined ? '' : `the option "${option}": `;
  throw new UnsupportedOperationError(`Not supported here: ${what}capabilities.${feature} is ${Array.isArray(value) ? 'empty' : 'false'}`, where);
}

/** Checks one argument. @throws {InvalidArgumentError} */
export function assertArgument(value: unknown, name: string, check: Check, where: CloudErrorFields): void {
  const wrong = check(value);
  if (wrong !== undefined) throw new InvalidArgumentError(`The ${joined(name, wrong)}`, where);
}

/** A message about a part of a value (`.start …`) is set against the value's name. */
function joined(name: string, wrong: string): string {
  return wrong.startsWith('.') ? name + wrong : `${name} ${wrong}`;
}
