import { CloudError } from '@cmx/cloud-core';
import type { CloudErrorCode, GetObjectOptions, StorageClient } from '@cmx/cloud-core';
import { expect } from 'vitest';

/** What a promise rejects with; fails the case when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return outcome.error;
  return expect.fail('The call succeeded, but should have failed.');
}

/** The `CloudError` a promise rejects with, which must have one of these codes where any are given. */
export async function expectFailure(promise: Promise<unknown>, ...codes: readonly CloudErrorCode[]): Promise<CloudError> {
  const error = await rejection(promise);
  if (!CloudError.is(error)) return expect.fail(`The failure is no CloudError but ${describe(error)}.`);
  if (codes.length > 0) expect(codes, `${error.code}: ${error.message}`).toContain(error.code);
  return error;
}

/** The call was refused for its arguments, before any request. */
export async function expectRefusal(promise: Promise<unknown>): Promise<CloudError> {
  const error = await expectFailure(promise, 'invalid_argument');
  expect(error.phase).toBe('arguments');
  return error;
}

/** Equal bytes; says where they differ rather than printing megabytes. */
export function expectBytes(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length, 'number of bytes').toBe(expected.length);
  const at = expected.findIndex((byte, index) => actual[index] !== byte);
  expect(at, 'offset of the first different byte (-1: none)').toBe(-1);
}

/** Expects of a value what it will be soon: asks again until it is, for as long as a busy machine may need. */
export function eventually<T>(value: () => T) {
  return expect.poll(value, { timeout: 10_000, interval: 10 });
}

/** Opens and reads an object whole. */
export async function readBytes(client: StorageClient, bucket: string, key: string, options?: GetObjectOptions): Promise<Uint8Array> {
  const object = await client.getObject(bucket, key, options);
  return object.bytes();
}

/** Opens and reads an object as text. */
export async function readText(client: StorageClient, bucket: string, key: string, options?: GetObjectOptions): Promise<string> {
  return new TextDecoder().decode(await readBytes(client, bucket, key, options));
}

/** Everything an async iterable yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
