import type { JsonSchema, OperationDescription } from '@cmx/operations';

/** One positional argument of a command. */
export interface ArgumentSpec {
  readonly field: string;
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly complete?: 'address' | 'connection' | undefined;
}

/** One flag of a command. */
export interface FlagSpec {
  /** The input field it sets. */
  readonly field: string;
  /** `--if-exists`, or `--no-glob` where `true` is the default. */
  readonly flag: string;
  /** One letter. */
  readonly short?: string | undefined;
  readonly kind: 'boolean' | 'string' | 'number' | 'list';
  readonly required?: boolean | undefined;
  readonly choices?: readonly string[] | undefined;
  readonly description: string;
  /** As the help shows it. */
  readonly default?: string | undefined;
}

/** A command as plain data, so that help and parsing need nothing of what the command does. */
export interface CommandSpec {
  /** Up to three words. */
  readonly command: string;
  readonly operation: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly risk: string;
  readonly returns: 'value' | 'items' | 'bytes';
  readonly arguments: readonly ArgumentSpec[];
  readonly flags: readonly FlagSpec[];
  readonly columns: readonly string[];
  /** A column that is a record: its entries are shown as columns of their own. */
  readonly spread?: string | undefined;
  readonly primary: string;
  readonly view: 'table' | 'tree' | 'fields';
  /** People see only what did not go as asked, and plans. */
  readonly quiet: boolean;
  readonly examples: readonly (readonly [command: string, explanation: string])[];
}

/** Makes the command of an operation, or `undefined` when the command line does not offer it. */
export function toCommandSpec({ name, summary, description, risk, returns, input, cli }: OperationDescription): CommandSpec | undefined {
  if (!cli) return undefined;
  const fields = Object.entries(input.properties ?? {});
  // The connection is a flag that every command takes.
  const notFlags = new Set(['connection', ...(cli.arguments ?? []).map(({ field }) => field)]);
  const required = new Set(input.required);
  return {
    command: cli.command,
    operation: name,
    summary,
    description,
    risk,
    returns,
    arguments: (cli.arguments ?? []).map(({ field, label, variadic = false, complete }) => ({
      field,
      label,
      description: input.properties?.[field]?.description ?? '',
      required: required.has(field),
      variadic,
      complete,
    })),
    flags: fields.filter(([field]) => !notFlags.has(field)).map(([field, schema]) => toFlag(field, schema, required.has(field), cli.short?.[field])),
    columns: cli.columns,
    spread: cli.spread,
    primary: cli.primary,
    view: cli.view ?? (returns === 'value' ? 'fields' : 'table'),
    quiet: cli.quiet ?? false,
    examples: cli.examples ?? [],
  };
}

function toFlag(field: string, schema: JsonSchema, isRequired: boolean, short: string | undefined): FlagSpec {
  const name = schema.flag ?? toKebabCase(field);
  const { description = '' } = schema;
  if (schema.type === 'boolean') {
    if (schema.default === true) return { field, flag: `--no-${name}`, short, kind: 'boolean', description: `Turn off: ${description}` };
    return { field, flag: `--${name}`, short, kind: 'boolean', description };
  }
  const kind = schema.type === 'array' ? 'list' : schema.type === 'string' ? 'string' : 'number';
  const hasDefault = schema.default !== undefined && kind !== 'list';
  return { field, flag: `--${name}`, short, kind, required: isRequired || undefined, choices: schema.enum, description, default: hasDefault ? showDefault(schema.default) : undefined };
}

function showDefault(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toKebabCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
