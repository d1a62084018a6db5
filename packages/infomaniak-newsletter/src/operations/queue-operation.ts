import { CloudError, UnsupportedOperationError, type Accepted, type CallOptions, type ErrorResource, type Poller, type PollerStatus } from '@cmx/cloud-core';
import type { Envelope } from '../api/envelope.ts';
import type { NewsletterApi, NewsletterRequest } from '../api/newsletter-api.ts';
import { SERVICE } from '../api/newsletter-errors.ts';
import { textSegment } from '../api/path.ts';
import { fromWire } from '../api/wire.ts';
import type { OperationOutcome } from './operation-outcome.ts';
import { operationPoller } from './operation-poller.ts';

/** What the account-wide task list tells of a task. */
interface AsyncTask {
  readonly status: 'spooled' | 'running' | 'executed' | 'failed';
  readonly executedAt?: Date | undefined;
  readonly finishedAt?: Date | undefined;
  readonly response?: unknown;
  readonly error?: { readonly code?: unknown; readonly description?: unknown } | undefined;
}

/** A task may take a moment to show up; after so many questions it is not going to. */
const MAX_UNKNOWN_ANSWERS = 5;

/** Sends a call whose work goes on in the background. It is not repeated once it may have reached the service. */
export async function queueOperation(
  api: NewsletterApi,
  request: NewsletterRequest,
  options: CallOptions,
): Promise<Accepted<OperationOutcome>> {
  return toAccepted(api, await api.send({ retry: 'refused', ...request }, options));
}

export function toAccepted(api: NewsletterApi, envelope: Envelope): Accepted<OperationOutcome> {
  const id = operationIdOf(envelope);
  const isDone = id === '' && envelope.result === 'success';
  const initial: PollerStatus<OperationOutcome> | undefined = isDone ? { state: 'succeeded', result: { id, response: fromWire(envelope.data) } } : undefined;
  return { id, applied: () => followOperation(api, id, initial) };
}

/** The identifier is the `data` itself, or a member of it. */
function operationIdOf({ data }: Envelope): string {
  if (typeof data === 'string') return data;
  const { uuid, id } = (data ?? {}) as { uuid?: unknown; id?: unknown };
  return typeof uuid === 'string' ? uuid : typeof id === 'string' ? id : '';
}

export function followOperation(api: NewsletterApi, id: string, initial?: PollerStatus<OperationOutcome>): Poller<OperationOutcome> {
  let unknownAnswers = 0;
  return operationPoller(api, {
    id,
    initial,
    cancel: (options) => cancelOperation(api, id, options),
    async poll(options) {
      const task = await readTask(api, id, options);
      if (task) return toStatus(id, task);
      unknownAnswers += 1;
      if (unknownAnswers >= MAX_UNKNOWN_ANSWERS) throw untold(id);
      return { state: 'pending' };
    },
  });
}

export async function cancelOperation(api: NewsletterApi, id: string, options: CallOptions): Promise<void> {
  const path = `/operations/${textSegment('operation', id)}`;
  await api.send({ operation: 'operations.cancel', method: 'DELETE', path, resource: resourceOf(id) }, options);
}

async function readTask(api: NewsletterApi, id: string, options: CallOptions): Promise<AsyncTask | undefined> {
  if (id === '') throw untold(id);
  try {
    const { data } = await api.sendTo(
      `/1/async/tasks/${textSegment('operation', id)}`,
      { operation: 'operations.poll', path: '', resource: resourceOf(id) },
      options,
    );
    return fromWire(data) as AsyncTask;
  } catch (error) {
    if (CloudError.is(error, 'not_found')) return undefined;
    if (CloudError.is(error, 'permission_denied')) throw untold(id, error);
    throw error;
  }
}

function toStatus(id: string, { status, executedAt, finishedAt, response, error }: AsyncTask): PollerStatus<OperationOutcome> {
  if (status === 'executed') return { state: 'succeeded', result: { id, executedAt, finishedAt, response } };
  if (status !== 'failed') return { state: status === 'running' ? 'running' : 'pending' };
  const reason = typeof error?.description === 'string' ? error.description : 'The operation failed';
  const vendorCode = typeof error?.code === 'string' ? error.code : undefined;
  return { state: 'failed', error: new CloudError('unknown', reason, { ...where(id), vendorCode, phase: 'response', details: { response, error } }) };
}

/** The service promises to report on tasks, not on those of every product, nor to tokens made for one product. */
function untold(id: string, cause?: CloudError): CloudError {
  return new UnsupportedOperationError('The service has accepted the operation and does not report on it to this token: look for its effect', {
    ...where(id),
    phase: 'response',
    cause,
  });
}

const resourceOf = (id: string): ErrorResource => ({ type: 'operation', name: id });

function where(id: string) {
  return { ...SERVICE, operation: 'operations.poll', resource: resourceOf(id) };
}
