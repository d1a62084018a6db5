import { CloudError, type CloudErrorCode, type StorageClient } from '@cmx/cloud-core';

/** What a check works with: a client that claims everything, and a bucket of its own. */
export interface Probed {
  readonly client: StorageClient;
  readonly bucket: string;
}

/** Tries one ability and says what was seen. Throws when it is not there. */
export type Check = (probed: Probed, key: string) => Promise<string>;

/** The service did not do what was asked: the reason is the evidence. */
export class NotObserved extends Error {}

export function observe(condition: boolean, evidence: string): asserts condition {
  if (!condition) throw new NotObserved(evidence);
}

/** A refusal is the sign that a condition was looked at. @returns Status and code of the refusal. */
export async function refusal(call: Promise<unknown>, ...codes: readonly CloudErrorCode[]): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (CloudError.is(error) && codes.includes(error.code)) return describe(error);
    throw error;
  }
  throw new NotObserved('was ignored');
}

/** How an error is named in evidence. */
export function describe(error: unknown): string {
  if (!CloudError.is(error)) return error instanceof Error ? error.message : String(error);
  return error.status === undefined ? error.reason : `${String(error.status)} ${error.vendorCode ?? error.code}`;
}

/** Keys under a prefix. */
export async function keysUnder({ client, bucket }: Probed, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const entry of client.listObjects(bucket, { prefix })) keys.push(entry.type === 'object' ? entry.key : entry.prefix);
  return keys;
}
