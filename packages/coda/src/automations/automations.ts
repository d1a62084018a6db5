import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { Queued } from '../mutations/queued-change.ts';

/**
 * Queues a run of an automation that waits for a webhook. Never repeated after it may have arrived, or it would run twice.
 *
 * @param payload - Any JSON object; the automation reads its fields.
 * @throws {ConflictError} The automation does not take webhooks (422).
 * @see https://coda.io/developers/apis/v1#operation/triggerWebhookAutomation
 */
export async function triggerWebhookAutomation(
  api: CodaApi,
  docId: string,
  ruleId: string,
  payload: Readonly<Record<string, unknown>> = {},
  options: CallOptions = {},
): Promise<Queued> {
  return api.queue({ operation: 'triggerWebhookAutomation', method: 'POST', path: path`/docs/${docId}/hooks/automation/${ruleId}`, body: payload, limit: 'write' }, options);
}
