import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { getFormula, listFormulas, type Formula, type FormulaReference, type ListFormulasOptions } from './formulas.ts';

/** Named formulas of a doc. */
export class Formulas {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the named formulas of a doc. */
  list(docId: string, options: ListFormulasOptions = {}): Paged<FormulaReference> {
    return listFormulas(this.#api, docId, options);
  }

  /** Reads a named formula and its value. */
  get(docId: string, formula: string, options: ReadOptions = {}): Promise<Formula> {
    return getFormula(this.#api, docId, formula, options);
  }
}
