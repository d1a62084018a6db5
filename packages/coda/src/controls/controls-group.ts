import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { getControl, listControls, type Control, type ControlReference, type ListControlsOptions } from './controls.ts';

/** Controls of a doc. */
export class Controls {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the controls of a doc. */
  list(docId: string, options: ListControlsOptions = {}): Paged<ControlReference> {
    return listControls(this.#api, docId, options);
  }

  /** Reads a control and its value. */
  get(docId: string, control: string, options: ReadOptions = {}): Promise<Control> {
    return getControl(this.#api, docId, control, options);
  }
}
