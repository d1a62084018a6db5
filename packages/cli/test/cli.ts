import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectionTypes, type ConnectionOptions } from '@cmx/cloud';
import { run, type CliIo, type OutputStream } from '../src/index.ts';

/** What one run of the command line came to. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json<T>(): T;
  /** Standard output as lines of JSON. */
  lines<T>(): T[];
  /** Lines of JSON on standard error, others left out. */
  errors(): { readonly error: { readonly code: string; readonly message: string }; readonly source?: string }[];
}

export interface RunOptions {
  readonly stdin?: readonly (string | Uint8Array)[] | AsyncIterable<Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
  /** All three streams are a terminal. */
  readonly isTerminal?: boolean;
  readonly ask?: (question: string) => Promise<string>;
  readonly abortSignal?: AbortSignal;
}

type ConnectionTypes = NonNullable<ConnectionOptions['types']>;

/** A home of its own for one test, with an empty `local:` connection, and a command line that knows nothing else. */
export class TestCli implements AsyncDisposable {
  readonly home: string;
  readonly #types: ConnectionTypes;

  /** @param types - Kinds of connection there are besides `local`. */
  static async create(types: ConnectionTypes = []): Promise<TestCli> {
    return new TestCli(await mkdtemp(join(tmpdir(), 'cmx-cli-')), types);
  }

  private constructor(home: string, types: ConnectionTypes) {
    this.home = home;
    this.#types = [...connectionTypes().filter(({ type }) => type === 'local'), ...types];
  }

  async run(argv: readonly string[], options: RunOptions = {}): Promise<CliResult> {
    const { isTerminal = false, stdin = [] } = options;
    const stdout = new MemoryStream(isTerminal);
    const stderr = new MemoryStream(isTerminal);
    const io: CliIo = {
      env: { HOME: this.home, CMX_CONFIG_DIR: join(this.home, 'config'), CMX_LOCAL_ROOT: join(this.home, 'buckets'), ...options.env },
      stdin: Object.assign(chunks(stdin), { isTTY: isTerminal }),
      stdout,
      stderr,
      ask: options.ask,
      abortSignal: options.abortSignal,
      connectionTypes: this.#types,
    };
    const exitCode = await run(argv, io);
    return toResult(exitCode, stdout.text(), stderr.text());
  }

  /** Runs a command that is to succeed. */
  async ok(...argv: readonly string[]): Promise<CliResult> {
    const result = await this.run(argv);
    if (result.exitCode !== 0) throw new Error(`cmx ${argv.join(' ')} ended with ${String(result.exitCode)}: ${result.stderr}`);
    return result;
  }

  /** Makes files below the home and returns the path of their directory. */
  async files(directory: string, contents: Readonly<Record<string, string>>): Promise<string> {
    for (const [name, content] of Object.entries(contents)) {
      const path = join(this.home, directory, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    return join(this.home, directory);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}

class MemoryStream implements OutputStream {
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly #chunks: Uint8Array[] = [];

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(chunk: string | Uint8Array): boolean {
    this.#chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
    return true;
  }

  once(): void {
    // It is never full.
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

async function* chunks(parts: readonly (string | Uint8Array)[] | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}

function toResult(exitCode: number, stdout: string, stderr: string): CliResult {
  return {
    exitCode,
    stdout,
    stderr,
    json: <T>() => JSON.parse(stdout) as T,
    lines: <T>() => stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as T),
    errors: () =>
      stderr
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { error: { code: string; message: string } }),
  };
}
