import { CloudError } from '@cmx/cloud-core';
import { concatChunks } from '../body/collected-body.ts';
import type { TransportBody } from '../transport.ts';

const LONGEST_ERROR_BODY_IN_BYTES = 1024 * 1024;

/** An error's body, at most 1 MiB of it. If it breaks off, what came: the status counts for more than the words. */
export async function readErrorBody(body: TransportBody): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let missing = LONGEST_ERROR_BODY_IN_BYTES;
  try {
    for await (const chunk of body) {
      chunks.push(chunk.subarray(0, missing));
      missing -= Math.min(missing, chunk.byteLength);
      if (missing === 0) break;
    }
  } catch (error) {
    if (!CloudError.is(error)) throw error;
  }
  return concatChunks(chunks);
}
