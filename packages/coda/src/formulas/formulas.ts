import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { PageReference } from '../pages/page-models.ts';
import type { PlainValue } from '../values/cell-values.ts';

export interface FormulaReference {
  readonly id: string;
  readonly type: 'formula';
  readonly href: string;
  readonly name: string;
  readonly parent?: PageReference | undefined;
}

export interface Formula extends FormulaReference {
  readonly value: PlainValue;
}

export interface ListFormulasOptions extends ListOptions {
  sortBy?: 'name' | undefined;
}

/**
 * Lists the named formulas of a doc.
 *
 * @see https://coda.io/developers/apis/v1#operation/listFormulas
 */
export function listFormulas(api: CodaApi, docId: string, options: ListFormulasOptions = {}): Paged<FormulaReference> {
  return api.list('listFormulas', path`/docs/${docId}/formulas`, options);
}

/**
 * Reads a named formula and its value.
 *
 * @see https://coda.io/developers/apis/v1#operation/getFormula
 */
export async function getFormula(api: CodaApi, docId: string, formula: string, options: ReadOptions = {}): Promise<Formula> {
  return api.read('getFormula', path`/docs/${docId}/formulas/${formula}`, options);
}
