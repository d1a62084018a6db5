import type { RegisteredConnectionType } from '@cmx/cloud';

/** A stream to write to: a terminal, a pipe, or a test's memory. */
export interface OutputStream {
  /** `false`: wait for `drain` before writing more. */
  write(chunk: string | Uint8Array): boolean;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal. */
  readonly columns?: number | undefined;
}

/** Everything the command line has of the outside. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean | undefined };
  /** Data only. */
  readonly stdout: OutputStream;
  /** Everything else. */
  readonly stderr: OutputStream;
  /** Aborted when the user interrupts. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Asks on the terminal. Absent where nobody can answer. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** The kinds of connection there are. Default: those of all packages. */
  readonly connectionTypes?: readonly RegisteredConnectionType[] | undefined;
}

/** Writes and waits while the reader is slow. */
export async function writeTo(stream: OutputStream, chunk: string | Uint8Array): Promise<void> {
  if (stream.write(chunk)) return;
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}
