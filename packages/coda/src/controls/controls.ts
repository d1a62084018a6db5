import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { PageReference } from '../pages/page-models.ts';
import type { PlainValue } from '../values/cell-values.ts';

export interface ControlReference {
  readonly id: string;
  readonly type: 'control';
  readonly href: string;
  readonly name: string;
  readonly parent?: PageReference | undefined;
}

export interface Control extends ControlReference {
  /** `button`, `checkbox`, `datePicker`, `select`, `slider`, `textbox` and so on. */
  readonly controlType: string;
  readonly value: PlainValue;
}

export interface ListControlsOptions extends ListOptions {
  sortBy?: 'name' | undefined;
}

/**
 * Lists the controls of a doc.
 *
 * @see https://coda.io/developers/apis/v1#operation/listControls
 */
export function listControls(api: CodaApi, docId: string, options: ListControlsOptions = {}): Paged<ControlReference> {
  return api.list('listControls', path`/docs/${docId}/controls`, options);
}

/**
 * Reads a control and its value.
 *
 * @see https://coda.io/developers/apis/v1#operation/getControl
 */
export async function getControl(api: CodaApi, docId: string, control: string, options: ReadOptions = {}): Promise<Control> {
  return api.read('getControl', path`/docs/${docId}/controls/${control}`, options);
}
