import type { ErrorReport } from '@cmx/operations';
import type { ExitCode } from './exit-codes.ts';
import type { CliIo } from './io.ts';
import { escapeControls } from './output/show.ts';

/** Tells of the error that ended the command, for people or as one line of JSON, and passes its exit code on. */
export function reportError(report: ErrorReport, asJson: boolean, io: CliIo, exitCode: ExitCode): ExitCode {
  if (asJson) {
    io.stderr.write(`${JSON.stringify({ error: report })}\n`);
    return exitCode;
  }
  io.stderr.write(`cmx: ${escapeLines(report.message)}\n`);
  if (report.hint) io.stderr.write(`  ${report.hint}\n`);
  for (const command of report.next ?? []) io.stderr.write(`  try: ${escapeControls(command)}\n`);
  return exitCode;
}

function escapeLines(message: string): string {
  return message.split('\n').map(escapeControls).join('\n');
}
