import { CloudError, createPoller, type CallOptions, type Poller, type PollerStatus } from '@cmx/cloud-core';
import type { NewsletterApi } from '../api/newsletter-api.ts';
import { SERVICE } from '../api/newsletter-errors.ts';

export interface OperationPollerOptions<T> {
  readonly id: string;
  /** How the work stands to begin with. Default: nobody has asked yet. */
  readonly initial?: PollerStatus<T> | undefined;
  readonly poll: (options: CallOptions) => Promise<PollerStatus<T>>;
  readonly cancel: (options: CallOptions) => Promise<void>;
}

/** Each question is a request, and there are sixty a minute for everything. */
const POLL_INTERVAL_IN_MS = 3_000;

/** Follows work in the background. The service tells nothing of work it has canceled, so that is the end. */
export function operationPoller<T>(api: NewsletterApi, { id, initial, poll, cancel }: OperationPollerOptions<T>): Poller<T> {
  const where = { ...SERVICE, resource: { type: 'operation', name: id } };
  return createPoller<T>({
    ...{ id, where, initial, poll, token: operationText(api, id), pollIntervalInMs: POLL_INTERVAL_IN_MS, clock: api.clock },
    async cancel(options) {
      await cancel(options);
      return { state: 'canceled', error: new CloudError('conflict', 'The operation was canceled', { ...where, applied: false }) };
    },
  });
}

/** What the poller of an operation is resumed from. */
function operationText(api: NewsletterApi, id: string): string {
  return `newsletter-operation:${String(api.domainId)}:${id}`;
}
