import { invalidArgument } from './newsletter-errors.ts';
import { checkedId } from './path.ts';

/**
 * What a bulk call is about: everything (that the filter or segment leaves) but the excluded ones, or exactly the included ones.
 * `all` has to be written out, so that a forgotten filter does not become "everything" by itself.
 */
export type Selection<Filter> = SelectionOfAll<Filter> | { readonly include: readonly number[]; readonly all?: never };

export interface SelectionOfAll<Filter> {
  readonly all: true;
  readonly exclude?: readonly number[] | undefined;
  readonly filter?: Filter | undefined;
}

/** A selection in the service's form. */
export interface SelectionBody {
  readonly select: { readonly all: boolean; readonly include?: readonly number[]; readonly exclude?: readonly number[] };
  readonly filter?: unknown;
}

/**
 * @param type - `campaign`, for errors.
 * @throws {InvalidArgumentError} Nothing is selected, or an identifier is not one.
 */
export function toSelectionBody(type: string, selection: Selection<unknown>): SelectionBody {
  if (selection.all === true) {
    const { exclude, filter } = selection;
    return { select: { all: true, ...(exclude && { exclude: exclude.map((id) => checkedId(type, id)) }) }, ...(filter !== undefined && { filter }) };
  }
  const { include = [] } = selection as { include?: readonly number[] };
  if (include.length === 0) throw invalidArgument(`No ${type} is selected: give \`include\` with at least one identifier, or \`all: true\``);
  return { select: { all: false, include: include.map((id) => checkedId(type, id)) } };
}
