import type { Accepted, CallOptions } from '@cmx/cloud-core';
import type { NewsletterApi } from '../../api/newsletter-api.ts';
import { invalidArgument, unexpectedAnswer } from '../../api/newsletter-errors.ts';
import { checkedId } from '../../api/path.ts';
import { toAccepted } from '../../operations/queue-operation.ts';
import type { OperationOutcome } from '../../operations/operation-outcome.ts';
import type { GroupReferences } from '../subscriber.ts';

export interface ImportUploadOptions extends CallOptions {
  /** The fields of the columns in their order: identifiers, or descriptions of fields that are made. At least one. */
  fields: readonly (number | { readonly type: string; readonly name: string })[];
  groups?: GroupReferences | undefined;
  /** Whether fields of known subscribers are overwritten. Default: yes. */
  replaceFields?: boolean | undefined;
  csvSeparator?: string | undefined;
  csvEnclosure?: string | undefined;
}

export async function uploadCsv(api: NewsletterApi, content: string, options: CallOptions): Promise<number> {
  const operation = 'subscribers.uploadCsv';
  const { data } = await api.send({ operation, method: 'POST', path: '/subscribers/import/upload', body: { content }, retry: 'always' }, options);
  const id = uploadIdOf(data);
  if (id !== undefined) return id;
  throw unexpectedAnswer('The service took the file and did not say under which identifier', { operation });
}

/** The document has a list of texts here; an object would be the service's habit. */
function uploadIdOf(data: unknown): number | undefined {
  if (Array.isArray(data)) return uploadIdOf(data[0]);
  if (typeof data === 'object' && data !== null) {
    const { upload_id: uploadId, id } = data as { upload_id?: unknown; id?: unknown };
    return uploadIdOf(uploadId ?? id);
  }
  const id = typeof data === 'string' ? Number(data) : data;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

export async function startImport(api: NewsletterApi, uploadId: number, options: ImportUploadOptions): Promise<Accepted<OperationOutcome>> {
  const { fields, groups, replaceFields, csvSeparator, csvEnclosure } = options;
  if (fields.length === 0) throw invalidArgument('An import needs at least one field');
  const body = { uploadId: checkedId('upload', uploadId), fields, groups, replaceFields, csvSeparator, csvEnclosure };
  const resource = { type: 'upload', name: String(uploadId) };
  return toAccepted(
    api,
    await api.send({ operation: 'subscribers.importUpload', method: 'POST', path: '/subscribers/import', resource, body, retry: 'refused' }, options),
  );
}
