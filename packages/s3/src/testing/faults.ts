import { InvalidArgumentError } from '@cmx/cloud-core';
import type { Context } from './context.ts';

/** Which requests a fault is for. What is left out fits all. */
export interface S3ServiceFaultTarget {
  readonly method?: string | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** How many requests meet it before it is over. Default 1. */
  readonly times?: number | undefined;
}

/** An error answer, instead of doing anything. */
export interface S3ServiceErrorFault extends S3ServiceFaultTarget {
  readonly status: number;
  /** S3's name for it, such as `SlowDown`. */
  readonly code: string;
  readonly message?: string | undefined;
  /** Such as `{ 'retry-after': '1' }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The request is carried out, and the connection is cut in the middle of the answer's body. */
export interface S3ServiceBreakFault extends S3ServiceFaultTarget {
  /** How much of the body arrives before. */
  readonly breakAfterBytes: number;
}

export type S3ServiceFault = S3ServiceErrorFault | S3ServiceBreakFault;

/** @throws {InvalidArgumentError} */
export function checkFault(fault: S3ServiceFault): void {
  const { times = 1 } = fault;
  if (!(Number.isInteger(times) && times > 0)) throw new InvalidArgumentError('times must be a positive integer');
  if ('breakAfterBytes' in fault) {
    if (!(Number.isInteger(fault.breakAfterBytes) && fault.breakAfterBytes >= 0)) throw new InvalidArgumentError('breakAfterBytes must be a whole number of bytes');
  } else if (!(Number.isInteger(fault.status) && fault.status >= 300 && fault.status < 600 && fault.code)) {
    throw new InvalidArgumentError('A fault needs a status from 300 to 599 and a code, or breakAfterBytes');
  }
}

/** Faults that are still to be met, oldest first. */
export class FaultQueue {
  #waiting: { readonly fault: S3ServiceFault; left: number }[] = [];

  add(fault: S3ServiceFault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The first fault that a request fits, which has then one time less. */
  take(context: Context): S3ServiceFault | undefined {
    const met = this.#waiting.find(({ fault }) => fits(fault, context));
    if (!met) return undefined;
    met.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return met.fault;
  }
}

function fits({ method, bucket, key }: S3ServiceFaultTarget, context: Context): boolean {
  return (method ?? context.method) === context.method && (bucket ?? context.bucketName) === context.bucketName && (key ?? context.key) === context.key;
}
