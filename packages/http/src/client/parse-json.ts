import { CloudError } from '@cmx/cloud-core';
import type { HttpResponse } from '../http-client-options.ts';

/**
 * The body of an answer as JSON; `undefined` for a 204.
 *
 * @throws {CloudError} `unknown`, `phase: 'response'`: it is something else, as when a proxy answers in the service's place.
 */
export async function parseJson({ status, headers, body, requestId }: HttpResponse): Promise<unknown> {
  if (status === 204) return undefined;
  const text = new TextDecoder().decode(await body.bytes());
  try {
    return JSON.parse(text);
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    throw new CloudError('unknown', `The answer is not JSON but ${text === '' ? 'empty' : type}: perhaps a proxy answered in the service's place`, { status, requestId, phase: 'response' });
  }
}
