import type { ErrorReport } from '@cmx/operations';
import { CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { ApprovalRequiredError } from './commands/approval-required-error.ts';
import { buildProgram, type ParsedCommand } from './commands/build-program.ts';
import { SHELLS } from './completion/shells.ts';
import { exitCodeOf, type ExitCode } from './exit-codes.ts';
import { COMMANDS } from './generated/commands.ts';
import type { CliIo } from './io.ts';
import { describeCommand } from './commands/describe-command.ts';
import { reportError } from './report-error.ts';

/**
 * Runs one command line in this process. Never throws; everything said goes to `io`.
 *
 * @param argv - Without the program's name: `['ls', 'prod:']`.
 * @returns The exit code.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  if (argv[0] === 'complete' && argv[1] === '--') {
    const { complete } = await import('./completion/complete.ts');
    return complete(argv.slice(2), io);
  }
  if (argv.includes('--describe')) return describeCommand(argv, io);
  let exitCode: ExitCode = 0;
  let running: ParsedCommand | undefined;
  const program = buildProgram({
    version: packageJson.version,
    commands: COMMANDS,
    ownCommands: [
      {
        name: 'completion',
        argument: 'shell',
        summary: 'Print the script that makes the shell complete commands, flags and live addresses',
        choices: SHELLS,
        run: async (shell) => (await import('./completion/script.ts')).printScript(shell, io),
      },
    ],
    output: {
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Told by endWith, in the form that was asked for.
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
    },
    run: async (parsed) => {
      running = parsed;
      const { executeCommand } = await import('./commands/execute-command.ts');
      exitCode = await executeCommand(parsed, io);
    },
  });
  try {
    await program.parseAsync(normalizeJsonFlag(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    return endWith(error, argv, io, running);
  }
}

/** `--json` alone must not take the next argument for its fields. */
function normalizeJsonFlag(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((argument, index) => (argument === '--json' && (end === -1 || index < end) ? '--json=' : argument));
}

async function endWith(error: unknown, argv: readonly string[], io: CliIo, running: ParsedCommand | undefined): Promise<ExitCode> {
  const asJson = argv.some((argument) => argument === '--json' || argument.startsWith('--json='));
  if (io.abortSignal?.aborted) {
    return reportError({ code: 'Interrupted', message: 'Interrupted', ...(await adviceOnInterrupt(running, io)), retryable: true }, asJson, io, 130);
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return 2;
    return reportError({ code: 'Usage', message: error.message.replace(/^error: /, ''), hint: 'See: cmx --help', retryable: false }, asJson, io, 2);
  }
  if (error instanceof ApprovalRequiredError) {
    return reportError({ code: 'ApprovalRequired', message: error.message, hint: error.hint, retryable: false }, asJson, io, 10);
  }
  if (error instanceof DOMException && error.name === 'AbortError') return 130;
  const { toErrorReport } = await import('@cmx/operations');
  const report = toErrorReport(error);
  return reportError(report, asJson, io, exitCodeOf(report.code));
}

/** How to go on with what was interrupted. */
async function adviceOnInterrupt(running: ParsedCommand | undefined, io: CliIo): Promise<Pick<ErrorReport, 'hint' | 'next'>> {
  const { resume, target, to } = (running?.input ?? {}) as { readonly resume?: boolean; readonly target?: string; readonly to?: string };
  if (resume !== true) return { hint: 'What was done stays done. A copy goes on with the same command and --if-exists skip, within large objects if it was begun with --resume' };
  const { adviceOnKept } = await import('@cmx/operations');
  const { hint, next } = adviceOnKept(target ?? to ?? '.', running?.options.connection ?? io.env['CMX_CONNECTION']);
  return { hint: `What was done stays done. ${hint}`, next: [...next] };
}
