import { InvalidArgumentError, type ConnectionSettings, type ConnectionType } from '@cmx/cloud-core';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment sets for a type: the first variable of each field that is set. */
export function settingsFromEnvironment(type: ConnectionType, env: Environment): ConnectionSettings {
  const settings: Record<string, string> = {};
  for (const { name, environment = [] } of type.fields) {
    const value = environment.map((variable) => env[variable]).find((candidate) => candidate !== undefined && candidate !== '');
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}

/** The required fields that have no value. */
export function missingFields(type: ConnectionType, settings: ConnectionSettings): ConnectionType['fields'] {
  return type.fields.filter(({ name, required }) => required && !settings[name]);
}

/**
 * Checks settings against their type.
 *
 * @throws {InvalidArgumentError} A field is unknown, missing or not one of its choices.
 */
export function checkSettings(connection: string, type: ConnectionType, settings: ConnectionSettings): void {
  for (const [name, value] of Object.entries(settings)) {
    const field = type.fields.find((candidate) => candidate.name === name);
    if (!field) throw wrong(connection, `a connection of type "${type.type}" has no "${name}"; it has ${type.fields.map((known) => known.name).join(', ') || 'no settings'}`);
    if (field.choices && !field.choices.includes(value)) throw wrong(connection, `"${name}" must be one of ${field.choices.join(', ')}`);
  }
  const missing = missingFields(type, settings);
  if (missing.length === 0) return;
  const described = missing.map(({ name, environment }) => (environment?.length ? `${name} (${environment.join(' or ')})` : name));
  throw wrong(connection, `${described.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set. Set the variables, or run: cmx configure ${connection}`);
}

/**
 * Puts values in the place of references: `env:NAME` a variable, `file:PATH` a file's content without the line break at its end.
 *
 * @throws {InvalidArgumentError} The variable is not set or the file cannot be read.
 */
export async function resolveReferences(connection: string, settings: ConnectionSettings, env: Environment): Promise<ConnectionSettings> {
  const resolved: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) resolved[name] = await resolveValue(connection, name, value, env);
  return resolved;
}

async function resolveValue(connection: string, field: string, value: string, env: Environment): Promise<string> {
  if (value.startsWith('env:')) {
    const variable = value.slice('env:'.length);
    const found = env[variable];
    if (found === undefined || found === '') throw wrong(connection, `"${field}" refers to the variable ${variable}, which is not set`);
    return found;
  }
  if (!value.startsWith('file:')) return value;
  const path = value.slice('file:'.length);
  const { readFile } = await import('node:fs/promises');
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw wrong(connection, `"${field}" refers to the file ${path}, which cannot be read`, cause);
  }
}

/** Settings as they may be shown: secrets masked, references as they stand. */
export function maskSettings(type: ConnectionType, settings: ConnectionSettings): ConnectionSettings {
  const isPublic = (name: string): boolean => type.fields.some((field) => field.name === name && !field.secret);
  const isReference = (value: string): boolean => /^(env|file):/.test(value);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, isPublic(name) || isReference(value) ? value : '***']));
}

function wrong(connection: string, reason: string, cause?: unknown): InvalidArgumentError {
  return new InvalidArgumentError(reason, { operation: 'openConnection', resource: { type: 'connection', name: connection }, cause });
}
