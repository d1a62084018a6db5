import { InvalidArgumentError } from '@cmx/cloud-core';
import type { z } from 'zod';
import type { OperationContext } from './operation-context.ts';
import type { RiskClass } from './risk.ts';

/** One positional argument of the command line: the input field it fills. */
export interface CliArgument {
  readonly field: string;
  /** In upper case, as the help shows it: `SOURCE`. */
  readonly label: string;
  /** Takes all that is given; the field is an array. Only one argument of a command can be. */
  readonly variadic?: boolean | undefined;
  /** What the shell completes it with. */
  readonly complete?: 'address' | 'connection' | undefined;
}

/** What to ask, if anything. */
export type Questions = string | readonly string[] | undefined;

/** How the command line offers an operation. Flags are made from the input schema: `ifExists` is `--if-exists`. */
export interface CliBinding {
  /** One to three words: `ls`, `connections list`. An input field `connection` is filled by the flag of that name. */
  readonly command: string;
  readonly arguments?: readonly CliArgument[] | undefined;
  /** One-letter flags by input field: `{ recursive: 'r' }`. */
  readonly short?: Readonly<Record<string, string>> | undefined;
  /** Fields of the output that a table shows, in order. */
  readonly columns: readonly string[];
  /** A field with a record whose entries are columns of their own, as the first item has them. */
  readonly spread?: string | undefined;
  /** The field that `-o name` prints. */
  readonly primary: string;
  /** How it is shown to people. Default: `table` for items, `fields` for a value. */
  readonly view?: 'table' | 'tree' | 'fields' | undefined;
  /** Show people only what did not go as asked, and plans: the rest is a sum. Default `false`. */
  readonly quiet?: boolean | undefined;
  /**
   * What to ask a person before it is run, when this input deserves the question: one question, or several that all want a yes. It may
   * look up what it asks about and must change nothing.
   */
  readonly confirm?: ((input: never, context: OperationContext) => Questions | Promise<Questions>) | undefined;
  /** Command lines and what they do. */
  readonly examples?: readonly (readonly [command: string, explanation: string])[] | undefined;
}

interface OperationMetadata<Input extends z.ZodObject> {
  /** Snake case, for ever: `storage_list_objects`. */
  readonly name: string;
  /** One line in the imperative, without a full stop. */
  readonly summary: string;
  readonly description?: string | undefined;
  /** The worst that any input can bring about. */
  readonly risk: RiskClass;
  /** What this input brings about. Default: `risk`. */
  riskOf?(input: z.output<Input>): RiskClass;
  readonly input: Input;
  readonly cli?: (Omit<CliBinding, 'confirm'> & { confirm?(input: z.output<Input>, context: OperationContext): Questions | Promise<Questions> }) | undefined;
}

/** An operation that answers with one thing. */
export interface ValueOperation<Input extends z.ZodObject, Output extends z.ZodType> extends OperationMetadata<Input> {
  readonly returns: 'value';
  readonly output: Output;
  handler(input: z.output<Input>, context: OperationContext): Promise<z.input<Output>>;
}

/** An operation that answers with any number of things, one at a time. An item with an `error` is a failure of that item. */
export interface ItemsOperation<Input extends z.ZodObject, Output extends z.ZodType> extends OperationMetadata<Input> {
  readonly returns: 'items';
  /** Of one item. */
  readonly output: Output;
  /** May return, behind the last item, the cursor that goes on behind it: see `listRange`. */
  handler(input: z.output<Input>, context: OperationContext): AsyncIterable<z.input<Output>, string | undefined | void>;
}

/** An operation that answers with bytes. */
export interface BytesOperation<Input extends z.ZodObject> extends OperationMetadata<Input> {
  readonly returns: 'bytes';
  handler(input: z.output<Input>, context: OperationContext): AsyncIterable<Uint8Array>;
}

/** The items of one call, to be read once. */
export interface ResultItems extends AsyncIterable<unknown> {
  /** Known when the items were read to their end: what the field `cursor` takes to go on behind them. Absent when there are no more. */
  readonly nextCursor: string | undefined;
}

/** What a call of an operation gives. Values and items are JSON-safe. */
export type OperationResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'items'; readonly items: ResultItems }
  | { readonly kind: 'bytes'; readonly bytes: AsyncIterable<Uint8Array> };

/** An entry of the catalogue, as its users see it. */
export interface Operation {
  readonly name: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly risk: RiskClass;
  readonly returns: 'value' | 'items' | 'bytes';
  readonly cli?: CliBinding | undefined;
  readonly input: z.ZodObject;
  /** Absent for bytes. */
  readonly output?: z.ZodType | undefined;
  /** @throws {InvalidArgumentError} The input is not what the schema says. */
  parse(input: unknown): Record<string, unknown>;
  /** The class of this call. @throws {InvalidArgumentError} As `parse`. */
  riskOf(input: unknown): RiskClass;
  /**
   * What to ask a person before this call, in order; empty when nothing is to be asked. Each question wants a yes of its own. `run` does
   * not ask: whoever calls it answers for having asked.
   *
   * @throws {InvalidArgumentError} As `parse`. @throws {CloudError} What the question is about could not be looked up: `not_found`, …
   */
  confirm(input: unknown, context: OperationContext): Promise<readonly string[]>;
  /** Checks the input and begins. @throws {InvalidArgumentError} As `parse`. */
  run(input: unknown, context: OperationContext): Promise<OperationResult>;
}

/**
 * Describes an operation once: commands, tools and reference pages are made from the description. An entry without a risk class
 * does not compile.
 */
export function defineOperation<Input extends z.ZodObject, Output extends z.ZodType>(definition: ValueOperation<Input, Output>): Operation;
export function defineOperation<Input extends z.ZodObject, Output extends z.ZodType>(definition: ItemsOperation<Input, Output>): Operation;
export function defineOperation<Input extends z.ZodObject>(definition: BytesOperation<Input>): Operation;
export function defineOperation<Input extends z.ZodObject>(
  definition: ValueOperation<Input, z.ZodType> | ItemsOperation<Input, z.ZodType> | BytesOperation<Input>,
): Operation {
  const { name, summary, description, risk, returns, input } = definition;
  const parse = (raw: unknown): z.output<Input> => parseInput(name, input, raw);
  return {
    name,
    summary,
    description,
    risk,
    returns,
    cli: definition.cli,
    input,
    output: definition.returns === 'bytes' ? undefined : definition.output,
    parse,
    riskOf: (raw) => definition.riskOf?.(parse(raw)) ?? risk,
    confirm: async (raw, context) => {
      const questions = (await definition.cli?.confirm?.(parse(raw), context)) ?? [];
      return typeof questions === 'string' ? [questions] : questions;
    },
    run: (raw, context) => start(definition, parse(raw), context),
  };
}

async function start<Input extends z.ZodObject>(
  definition: ValueOperation<Input, z.ZodType> | ItemsOperation<Input, z.ZodType> | BytesOperation<Input>,
  input: z.output<Input>,
  context: OperationContext,
): Promise<OperationResult> {
  context.abortSignal?.throwIfAborted();
  switch (definition.returns) {
    case 'value':
      return { kind: 'value', value: definition.output.parse(await definition.handler(input, context)) };
    case 'items':
      return { kind: 'items', items: new ParsedItems(definition.output, definition.handler(input, context)) };
    case 'bytes':
      return { kind: 'bytes', bytes: definition.handler(input, context) };
  }
}

/** The schema also drops what a handler let slip: only described fields leave. */
class ParsedItems implements ResultItems {
  nextCursor: string | undefined;
  readonly #output: z.ZodType;
  readonly #items: AsyncIterable<unknown, string | undefined | void>;

  constructor(output: z.ZodType, items: AsyncIterable<unknown, string | undefined | void>) {
    this.#output = output;
    this.#items = items;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    for await (const item of this.#withCursor()) yield this.#output.parse(item);
  }

  async *#withCursor(): AsyncGenerator<unknown> {
    this.nextCursor = (yield* this.#items) ?? undefined;
  }
}

function parseInput<Input extends z.ZodObject>(name: string, input: Input, raw: unknown): z.output<Input> {
  const parsed = input.strict().safeParse(raw);
  if (parsed.success) return parsed.data as z.output<Input>;
  const issues = parsed.error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  throw new InvalidArgumentError(issues.join('; '), { operation: name });
}
