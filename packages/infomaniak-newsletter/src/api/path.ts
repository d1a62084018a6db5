import type { ErrorResource } from '@cmx/cloud-core';
import { invalidArgument } from './newsletter-errors.ts';

/** A resource's path below the domain, and how errors name it. */
export interface Place {
  readonly path: string;
  readonly resource: ErrorResource;
}

/**
 * The path of one resource with a numeric identifier.
 *
 * @param collection - `campaigns`
 * @param type - `campaign`, for errors.
 * @throws {InvalidArgumentError} The identifier is not a positive whole number.
 */
export function placeOf(collection: string, type: string, id: number, behind = ''): Place {
  return { path: `/${collection}/${String(checkedId(type, id))}${behind}`, resource: { type, name: String(id) } };
}

/** @throws {InvalidArgumentError} The identifier is not a positive whole number. */
export function checkedId(type: string, id: number): number {
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw invalidArgument(`The identifier of a ${type} is a positive whole number, not ${JSON.stringify(id)}`, {
    resource: { type, name: String(id) },
  });
}

/**
 * A text as one segment of a path.
 *
 * @throws {InvalidArgumentError} It is empty, or would leave its place in the path.
 */
export function textSegment(type: string, id: string): string {
  if (id === '' || id === '.' || id === '..') throw invalidArgument(`The identifier of a ${type} must not be ${JSON.stringify(id)}`);
  return encodeURIComponent(id);
}
