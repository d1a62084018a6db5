import { InvalidArgumentError } from '@cmx/cloud-core';

// Tokens are printable, whatever is in a key.

/** A page token for listings that go on behind a key. */
export function keyToken(key: string): string {
  return encodeURIComponent(key);
}

/** @throws {InvalidArgumentError} It is a token of another list. */
export function readKeyToken(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    throw otherList();
  }
}

/** A page token for listings that go on behind two things: a key, and one of its versions or uploads. */
export function pairToken(key: string, id: string | undefined): string {
  return `${encodeURIComponent(key)}/${encodeURIComponent(id ?? '')}`;
}

/** @throws {InvalidArgumentError} It is a token of another list. */
export function readPairToken(token: string | undefined): [key: string | undefined, id: string | undefined] {
  if (token === undefined) return [undefined, undefined];
  const [key, id, more] = token.split('/');
  if (key === undefined || id === undefined || more !== undefined) throw otherList();
  return [readKeyToken(key), readKeyToken(id) || undefined];
}

function otherList(): InvalidArgumentError {
  return new InvalidArgumentError('The pageToken is not one of this list');
}
