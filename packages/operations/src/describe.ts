import { z } from 'zod';
import type { CliBinding, Operation } from './operation.ts';
import type { RiskClass } from './risk.ts';

/** An operation as plain data: what help, `--describe`, tool lists and reference pages are made from. Schemas are JSON Schema 2020-12. */
export interface OperationDescription {
  readonly name: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly risk: RiskClass;
  readonly returns: 'value' | 'items' | 'bytes';
  readonly input: JsonSchema;
  /** Of the value or of one item; absent for bytes. */
  readonly output?: JsonSchema | undefined;
  readonly cli?: Omit<CliBinding, 'confirm'> | undefined;
}

/** As much of JSON Schema as the catalogue uses. */
export interface JsonSchema {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly default?: unknown;
  /** The flag's name where it is not the field's in kebab case. */
  readonly flag?: string | undefined;
}

export function describeOperation({ name, summary, description, risk, returns, input, output, cli }: Operation): OperationDescription {
  return {
    name,
    summary,
    description,
    risk,
    returns,
    input: toJsonSchema(input, 'input'),
    output: output && toJsonSchema(output, 'output'),
    cli: cli && withoutQuestion(cli),
  };
}

function withoutQuestion({ confirm: _, ...cli }: CliBinding): Omit<CliBinding, 'confirm'> {
  return cli;
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { io }) as JsonSchema;
}
