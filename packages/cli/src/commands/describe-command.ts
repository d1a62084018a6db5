import type { ExitCode } from '../exit-codes.ts';
import { COMMANDS } from '../generated/commands.ts';
import { writeTo, type CliIo } from '../io.ts';
import { reportError } from '../report-error.ts';

/** Prints the schemas of a command's operation as JSON: what a program needs to call it without trying. */
export async function describeCommand(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const words = argv.filter((argument) => !argument.startsWith('-'));
  const spec = [3, 2, 1].flatMap((count) => COMMANDS.filter(({ command }) => command === words.slice(0, count).join(' ')))[0];
  if (!spec) return reportError({ code: 'Usage', message: 'Say which command to describe: cmx COMMAND --describe', retryable: false }, false, io, 2);
  const { describeOperation, findOperation } = await import('@cmx/operations');
  const operation = findOperation(spec.operation);
  if (!operation) return reportError({ code: 'Unknown', message: `The catalogue has no operation "${spec.operation}"`, retryable: false }, false, io, 1);
  const { cli: _, ...description } = describeOperation(operation);
  await writeTo(io.stdout, `${JSON.stringify({ command: `cmx ${spec.command}`, ...description, arguments: spec.arguments, flags: spec.flags }, null, 2)}\n`);
  return 0;
}
