import type { CallOptions } from '@cmx/cloud-core';

export interface WithOptions extends CallOptions {
  /** Members to load besides the usual ones, by the service's names: `['recipients', 'content']`. */
  with?: readonly string[] | undefined;
}
