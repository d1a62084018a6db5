import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import { triggerWebhookAutomation } from './automations.ts';

/** Automations of a doc. */
export class Automations {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /**
   * Queues a run of an automation that waits for a webhook. Never repeated after it may have arrived, or it would run twice.
   *
   * @throws {ConflictError} The automation does not take webhooks (422).
   */
  trigger(docId: string, ruleId: string, payload: Readonly<Record<string, unknown>> = {}, options: CallOptions = {}): Promise<Queued> {
    return triggerWebhookAutomation(this.#api, docId, ruleId, payload, options);
  }
}
