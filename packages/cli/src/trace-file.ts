import { closeSync, openSync, writeSync } from 'node:fs';
import { InvalidArgumentError, type RequestEvent, type Telemetry } from '@cmx/cloud-core';

/** A file that gets one line of JSON for each request to a service. */
export class TraceFile implements Telemetry, Disposable {
  readonly #path: string;
  readonly #onFailure: (message: string) => void;
  #file: number | undefined;

  /**
   * Opens it for lines to be added, readable by its owner alone: paths and queries may be nobody else's business.
   *
   * @param onFailure - Told, once, when a line cannot be written: the command goes on without.
   * @throws {InvalidArgumentError} It cannot be written.
   */
  constructor(path: string, onFailure: (message: string) => void) {
    this.#path = path;
    this.#onFailure = onFailure;
    try {
      this.#file = openSync(path, 'a', 0o600);
    } catch (cause) {
      throw new InvalidArgumentError(`The trace file cannot be written: ${messageOf(cause)}`, { operation: 'trace', resource: { type: 'file', name: path }, cause });
    }
  }

  onRequest(event: RequestEvent): void {
    if (this.#file === undefined) return;
    try {
      writeSync(this.#file, `${JSON.stringify(toLine(event))}\n`);
    } catch (error) {
      this.#onFailure(`The trace file ${this.#path} ends here: ${messageOf(error)}`);
      this[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function toLine({ origin, durationInMs, operation, method, path, attempt, status, ...rest }: RequestEvent): object {
  const time = new Date(Date.now() - durationInMs).toISOString();
  return { time, operation, method, host: new URL(origin).host, path, attempt, status, durationInMs: Math.round(durationInMs * 10) / 10, ...rest };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
