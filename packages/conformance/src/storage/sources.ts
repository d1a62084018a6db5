/** The bytes in chunks of a size, with no length told beforehand. */
export async function* chunked(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}

/** The same as a web stream. */
export function streamOf(bytes: Uint8Array, chunkBytes: number): ReadableStream<Uint8Array> {
  let start = 0;
  return new ReadableStream({
    pull(controller) {
      if (start >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(start, start + chunkBytes));
      start += chunkBytes;
    },
  });
}

/** A source that gives some bytes and then does something else than end: fails, or never says anything again. */
export interface TroubledSource extends AsyncIterable<Uint8Array> {
  /** Whether the reader has let go of it. */
  readonly closed: boolean;
  /** Bytes taken so far. */
  readonly taken: number;
}

/** Gives `bytes`, then throws `error`. */
export function failingSource(bytes: Uint8Array, error: Error): TroubledSource {
  return troubled(bytes, () => Promise.reject(error));
}

/** Gives `bytes`, then stays silent; or goes on with nothing more when `gate` opens. */
export function silentSource(bytes: Uint8Array, gate: Promise<unknown> = new Promise(() => undefined)): TroubledSource {
  return troubled(bytes, async () => {
    await gate;
    return { done: true, value: undefined };
  });
}

/** Something to wait for until it is opened. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function troubled(bytes: Uint8Array, afterwards: () => Promise<IteratorResult<Uint8Array>>): TroubledSource {
  const chunkBytes = 4096;
  const source = {
    closed: false,
    taken: 0,
    [Symbol.asyncIterator]: (): AsyncIterator<Uint8Array> => ({
      async next() {
        if (source.taken >= bytes.length) return afterwards();
        const value = bytes.subarray(source.taken, source.taken + chunkBytes);
        source.taken += value.length;
        return { done: false, value };
      },
      async return() {
        source.closed = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return source;
}
