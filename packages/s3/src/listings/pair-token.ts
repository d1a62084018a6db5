import { InvalidArgumentError } from '@cmx/cloud-core';

/** A page token for listings that go on behind two things: a key, and one of its versions or uploads. */
export function pairToken(key: string, id: string | undefined): string {
  return JSON.stringify([key, id ?? '']);
}

/** @throws {InvalidArgumentError} It is a token of another list. */
export function readPairToken(token: string | undefined): [key: string | undefined, id: string | undefined] {
  if (token === undefined) return [undefined, undefined];
  try {
    const [key, id] = JSON.parse(token) as [unknown, unknown];
    if (typeof key === 'string' && typeof id === 'string') return [key, id || undefined];
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('The pageToken is not one of this list');
}
