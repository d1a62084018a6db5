import { RootCommand } from '@bomb.sh/tab';
import type { CommandSpec, FlagSpec } from '../commands/command-spec.ts';
import { GLOBAL_FLAGS } from '../commands/global-flags.ts';
import { GROUP_SUMMARIES } from '../commands/group-summaries.ts';
import type { ExitCode } from '../exit-codes.ts';
import { COMMANDS } from '../generated/commands.ts';
import type { CliIo } from '../io.ts';
import { withConsoleLog } from './console-log.ts';
import { liveCandidates, type Candidate } from './live-candidates.ts';
import { SHELLS } from './shells.ts';

/** A shell that waits longer than this feels broken. */
const LIVE_LIMIT_IN_MS = 300;
/** What the shell is told: no space after a value that goes on, and no file names of its own. */
const NO_SPACE_NO_FILES = ':6';

/** Answers the shell's question what could stand in the last word. Says nothing rather than something wrong, and never fails. */
export async function complete(words: readonly string[], io: CliIo): Promise<ExitCode> {
  const live = await candidatesWithin(LIVE_LIMIT_IN_MS, words, io);
  const lines = withConsoleLog(() => completionTree(live).parse([...words]));
  const goesOn = lines.length > 1 && lines.slice(0, -1).every((line) => /[:/]$/.test(line.split('\t')[0] ?? ''));
  if (goesOn) lines[lines.length - 1] = NO_SPACE_NO_FILES;
  io.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** Live values come from the connections file and from services: when they are late or fail there are none. */
async function candidatesWithin(limitInMs: number, words: readonly string[], io: CliIo): Promise<readonly Candidate[]> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('Too late')), limitInMs);
  const late = new Promise<readonly Candidate[]>((resolve) => controller.signal.addEventListener('abort', () => resolve([])));
  try {
    return await Promise.race([liveCandidates(words.at(-1) ?? '', controller.signal, io), late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
    controller.abort(new Error('No longer needed'));
  }
}

function completionTree(live: readonly Candidate[]): RootCommand {
  const root = new RootCommand();
  for (const [group, summary] of Object.entries(GROUP_SUMMARIES)) root.command(group, summary);
  for (const spec of COMMANDS) addCommand(root, spec, live);
  root.command('completion', 'Print the completion script of a shell').argument('shell', (propose) => SHELLS.forEach((shell) => propose(shell, '')));
  return root;
}

function addCommand(root: RootCommand, spec: CommandSpec, live: readonly Candidate[]): void {
  const command = root.command(spec.command, spec.summary);
  for (const { label, variadic, complete: kind } of spec.arguments) {
    const fitting = live.filter((candidate) => candidate.kind === kind || (kind === undefined && candidate.kind === 'path') || (kind === 'address' && candidate.kind === 'path'));
    command.argument(label, (propose) => fitting.forEach(({ value, description }) => propose(value, description)), variadic);
  }
  for (const flag of spec.flags) addFlag(command, flag);
  for (const { flags, description, choices } of GLOBAL_FLAGS) {
    const name = /--([a-z-]+)/.exec(flags)?.[1] ?? '';
    if (choices) command.option(name, description, (propose) => choices.forEach((choice) => propose(choice, '')));
    else if (flags.includes('<')) command.option(name, description, () => undefined);
    else command.option(name, description);
  }
}

function addFlag(command: ReturnType<RootCommand['command']>, { flag, short, kind, choices = [], description }: FlagSpec): void {
  const name = flag.slice(2);
  if (kind === 'boolean') command.option(name, description, short);
  else command.option(name, description, (propose) => choices.forEach((choice) => propose(choice, '')), short);
}
