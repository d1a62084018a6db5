#!/usr/bin/env node
import type { CliIo } from './io.ts';
import { run } from './run.ts';

/** The first interrupt stops the work in an orderly way, the second one at once. */
const interrupt = new AbortController();
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(130);
  interrupt.abort(new DOMException('Interrupted', 'AbortError'));
});
process.on('SIGTERM', () => interrupt.abort(new DOMException('Terminated', 'AbortError')));

/** A reader that has seen enough (`cmx ls … | head`) closes the pipe: that is no error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads, the terminal sends the key instead of the signal.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    return await terminal.question(question, { signal: interrupt.signal });
  } finally {
    terminal.close();
  }
}

const io: CliIo = {
  env: process.env,
  // Opened only by those who read it.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  abortSignal: interrupt.signal,
  ask,
};
void run(process.argv.slice(2), io).then((exitCode) => (process.exitCode = exitCode));
