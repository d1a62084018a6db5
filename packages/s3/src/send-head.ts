import { CloudError, type CallOptions } from '@cmx/cloud-core';
import type { HttpResponse } from '@cmx/http';
import type { S3Connection, S3Request } from './s3-connection.ts';

type HeadRequest = Omit<S3Request, 'method'>;

/**
 * Sends a HEAD. A refusal comes without a body, so one that can mean several things (a missing key or bucket, expired credentials
 * or a bad request) is asked for again by a GET that costs as little as one can, for the service's own words. When that succeeds,
 * because credentials were renewed by it or the thing has come to be, HEAD is sent once more.
 *
 * @param asGet - The same request as a GET.
 * @param ambiguous - Statuses that mean several things.
 * @throws {CloudError} In the service's words.
 */
export async function sendHead(connection: S3Connection, request: HeadRequest, asGet: HeadRequest, ambiguous: readonly number[], options: CallOptions): Promise<HttpResponse> {
  try {
    return await connection.send({ ...request, method: 'HEAD' }, options);
  } catch (error) {
    if (!CloudError.is(error) || error.status === undefined || !ambiguous.includes(error.status) || error.vendorCode !== undefined) throw error;
    await askForWords(connection, asGet, options);
    return connection.send({ ...request, method: 'HEAD' }, options);
  }
}

/** A range that begins behind the end means that the object is there, and empty. */
async function askForWords(connection: S3Connection, asGet: HeadRequest, options: CallOptions): Promise<void> {
  try {
    const answer = await connection.send({ ...asGet, method: 'GET', collect: false }, options);
    await answer.body.discard();
  } catch (error) {
    if (!CloudError.is(error, 'range_not_satisfiable')) throw error;
  }
}
