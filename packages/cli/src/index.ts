export { EXIT_CODE_MEANINGS, type ExitCode } from './exit-codes.ts';
export type { CliIo, OutputStream } from './io.ts';
export { run } from './run.ts';
