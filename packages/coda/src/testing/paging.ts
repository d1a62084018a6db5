import { Failure } from './failure.ts';
import type { Call } from './call.ts';
import type { Json } from './state.ts';

interface Token {
  readonly path: string;
  readonly offset: number;
  readonly limit: number;
}

/** A page of a list: with a token everything else is ignored, and a token of another list is refused. */
export function pageOf({ store, path, query }: Call, items: readonly unknown[], { default: byDefault = 25, max = 500 }: { default?: number; max?: number } = {}): Json {
  const token = query.get('pageToken');
  const ignored = [...query.keys()].filter((name) => token !== null && name !== 'pageToken' && name !== 'ingestionId');
  if (ignored.length > 0) store.problems.push(`${path}: ${ignored.join(', ')} beside a page token`);
  const { offset, limit } = token === null ? { offset: 0, limit: Math.min(max, Number(query.get('limit') ?? byDefault)) } : readToken(token, path);
  const next = offset + limit;
  return {
    items: items.slice(offset, next),
    ...(next < items.length && { nextPageToken: toToken({ path, offset: next, limit }), nextPageLink: `https://coda.io${path}?pageToken=${toToken({ path, offset: next, limit })}` }),
  };
}

function toToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string, path: string): Token {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Token;
    if (token.path === path) return token;
  } catch {
    // Not one of ours.
  }
  throw new Failure(400, 'Invalid page token');
}
