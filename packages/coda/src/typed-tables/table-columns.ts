import { CloudError, NotFoundError } from '@cmx/cloud-core';
import { invalidArgument } from '../api/coda-errors.ts';
import type { RowInput } from '../rows/row-models.ts';
import type { Column } from '../tables/table-models.ts';
import type { CellInput } from '../values/write-values.ts';
import type { TableSchema, ValuesOf, ValuesToWrite } from './column-spec.ts';

/** A field of a schema, joined with the column the table has for it. */
interface ResolvedField {
  readonly field: string;
  readonly id: string;
  readonly name: string;
  readonly isWritable: boolean;
}

/** A schema that was held against the table's columns: turns rows into values and back. */
export class TableColumns<S extends TableSchema> {
  readonly #schema: S;
  readonly #table: string;
  readonly #fields: ReadonlyMap<string, ResolvedField>;

  /** @throws {InvalidArgumentError} The table has no such columns, or several of a name; all of them are named. */
  constructor(table: string, schema: S, columns: readonly Column[]) {
    this.#schema = schema;
    this.#table = table;
    const resolved = Object.entries(schema).map(([field, { column }]) => ({ field, wanted: column, found: findColumn(columns, column) }));
    const problems = resolved.filter(({ found }) => found.length !== 1).map(({ field, wanted, found }) => describeProblem(field, wanted, found.length));
    if (problems.length > 0) throw unknownColumns(table, problems, columns);
    this.#fields = new Map(resolved.flatMap(({ field, found: [column] }) => (column ? [[field, toResolvedField(field, column)] as const] : [])));
  }

  /** The column ids of some fields. @throws {InvalidArgumentError} The schema has no such field. */
  idsOf(fields: readonly string[]): readonly string[] {
    return fields.map((field) => this.#field(field, 'the key columns').id);
  }

  /** The columns' names by field, for headers. */
  names(): ReadonlyMap<string, string> {
    return new Map([...this.#fields.values()].map(({ field, name }) => [field, name]));
  }

  /** Whether a field can be written: buttons and what formulas fill cannot. */
  isWritable(field: string): boolean {
    return this.#fields.get(field)?.isWritable ?? false;
  }

  /** @throws {NotFoundError} A column is gone. @throws {CloudError} A cell holds something else than its column should. */
  toValues(rowId: string, cells: Readonly<Record<string, unknown>>): ValuesOf<S> {
    const values: Record<string, unknown> = {};
    for (const { field, id, name } of this.#fields.values()) {
      if (!(id in cells)) throw new NotFoundError(`Column "${name}" (${id}) is not in the table any more`, { provider: 'coda', resource: { type: 'table', name: this.#table } });
      values[field] = this.#parse(field, name, cells[id], rowId);
    }
    return values as ValuesOf<S>;
  }

  /**
   * Cells by column id.
   *
   * @param rowName - For messages: `row 17`.
   * @throws {InvalidArgumentError} A field is not in the schema, or its column is filled by a formula.
   */
  toCells(values: ValuesToWrite<S>, rowName: string): RowInput {
    const cells: Record<string, CellInput> = {};
    for (const [field, value] of Object.entries(values)) {
      const { id, name, isWritable } = this.#field(field, rowName);
      if (!isWritable) throw invalidArgument(`${rowName}: column "${name}" (field "${field}") is filled by the table itself and cannot be written`);
      cells[id] = this.#schema[field]?.format(value);
    }
    return cells;
  }

  #field(field: string, where: string): ResolvedField {
    const resolved = this.#fields.get(field);
    if (resolved) return resolved;
    throw invalidArgument(`${where}: "${field}" is no field of the table's schema, which has ${quoted([...this.#fields.keys()])}`);
  }

  #parse(field: string, name: string, cell: unknown, rowId: string): unknown {
    try {
      return this.#schema[field]?.parse(cell);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CloudError('unknown', `Row ${rowId}, column "${name}": ${reason}`, { provider: 'coda', phase: 'response', resource: { type: 'row', name: rowId }, cause: error });
    }
  }
}

function findColumn(columns: readonly Column[], wanted: string): readonly Column[] {
  const byId = columns.filter(({ id }) => id === wanted);
  return byId.length > 0 ? byId : columns.filter(({ name }) => name === wanted);
}

function toResolvedField(field: string, { id, name, calculated, format }: Column): ResolvedField {
  return { field, id, name, isWritable: calculated !== true && format.type !== 'button' };
}

function describeProblem(field: string, wanted: string, count: number): string {
  return `"${wanted}" (field "${field}"${count > 1 ? `, ${String(count)} columns of that name` : ''})`;
}

function unknownColumns(table: string, problems: readonly string[], columns: readonly Column[]): CloudError {
  const there = quoted(columns.map(({ name }) => name));
  return invalidArgument(`The table has no column ${problems.join(', ')}; it has ${there}`, { resource: { type: 'table', name: table } });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
