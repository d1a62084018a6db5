import type { CutBy } from './faults.ts';

/** What is written to the client next: bytes, or the end of the connection. */
export type BodyStep = Uint8Array | CutBy;

/** A body on its way through the proxy. */
export type BodySteps = AsyncIterable<BodyStep>;

/** Changes a body on its way; `signal` aborts when the client has left. */
export type BodyChange = (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => BodySteps;

/** Waits, or until the signal aborts; without a duration, only the signal ends it. */
export async function pause(durationInMs: number | undefined, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = durationInMs === undefined ? undefined : setTimeout(resolve, durationInMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** The first `limit` bytes; then, if there were as many, the connection is cut. */
export function cutAfter(limit: number, by: CutBy): BodyChange {
  return async function* (body) {
    let remaining = limit;
    if (remaining === 0) {
      yield by;
      return;
    }
    for await (const chunk of body) {
      yield chunk.subarray(0, remaining);
      remaining -= Math.min(remaining, chunk.length);
      if (remaining === 0) {
        yield by;
        return;
      }
    }
  };
}

/** The first `limit` bytes, as if they were all. */
export function firstBytes(limit: number): BodyChange {
  return async function* (body) {
    let remaining = limit;
    for await (const chunk of body) {
      if (remaining > 0) yield chunk.subarray(0, remaining);
      remaining -= Math.min(remaining, chunk.length);
    }
  };
}

/** The body with one byte turned over. */
export function flipByte(atByte: number): BodyChange {
  return async function* (body) {
    let start = 0;
    for await (const chunk of body) {
      const index = atByte - start;
      start += chunk.length;
      const byte = chunk[index];
      yield byte === undefined ? chunk : Uint8Array.from(chunk, (value, at) => (at === index ? value ^ 0xff : value));
    }
  };
}

/** The body, with a rest after `afterBytes`. */
export function stallAfter(afterBytes: number, durationInMs: number | undefined): BodyChange {
  return async function* (body, signal) {
    let remaining = afterBytes;
    let stalled = false;
    if (remaining === 0) {
      stalled = true;
      await pause(durationInMs, signal);
    }
    for await (const chunk of body) {
      if (stalled || chunk.length < remaining) {
        remaining -= chunk.length;
        yield chunk;
        continue;
      }
      yield chunk.subarray(0, remaining);
      stalled = true;
      await pause(durationInMs, signal);
      yield chunk.subarray(remaining);
    }
  };
}

/** The body in small pieces with a rest before each but the first. */
export function trickle(bytesPerInterval: number, intervalInMs: number): BodyChange {
  return async function* (body, signal) {
    let first = true;
    for await (const chunk of body) {
      for (let start = 0; start < chunk.length; start += bytesPerInterval) {
        if (!first) await pause(intervalInMs, signal);
        first = false;
        yield chunk.subarray(start, start + bytesPerInterval);
      }
    }
  };
}

/** Other bytes instead; the target's are read and forgotten. */
export function replaceBody(bytes: Uint8Array): BodyChange {
  return async function* (body) {
    for await (const _ of body);
    if (bytes.length > 0) yield bytes;
  };
}

/** The body unchanged; `keep` gets it once it has all passed. */
export function recordBody(keep: (bytes: Uint8Array) => void): BodyChange {
  return async function* (body) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) {
      chunks.push(chunk);
      yield chunk;
    }
    keep(concatBytes(chunks));
  };
}

/** Joins chunks into one array. */
export function concatBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}
