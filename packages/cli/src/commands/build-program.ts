import { Argument, Command, InvalidArgumentError, Option, type OutputConfiguration } from 'commander';
import type { ArgumentSpec, CommandSpec, FlagSpec } from './command-spec.ts';
import { parseDuration } from './durations.ts';
import { GLOBAL_FLAGS, type GlobalFlag, type GlobalOptions } from './global-flags.ts';
import { GROUP_SUMMARIES } from './group-summaries.ts';

/** What the parser found. */
export interface ParsedCommand {
  readonly spec: CommandSpec;
  /** By field of the operation's input. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly options: GlobalOptions;
}

/** Commands that are not operations: they belong to the command line alone. */
export interface OwnCommand {
  readonly name: string;
  readonly argument: string;
  readonly summary: string;
  readonly choices: readonly string[];
  readonly run: (argument: string) => Promise<void>;
}

export interface ProgramOptions {
  readonly version: string;
  readonly commands: readonly CommandSpec[];
  readonly ownCommands: readonly OwnCommand[];
  readonly output: OutputConfiguration;
  readonly run: (parsed: ParsedCommand) => Promise<void>;
}

/** Makes the parser from the command data. It loads nothing that commands do. */
export function buildProgram({ version, commands, ownCommands, output, run }: ProgramOptions): Command {
  const program = new Command('cmx');
  program.description('One command line for object stores, documents and newsletters of many clouds.').version(version).exitOverride().configureOutput(output);
  program.configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => `${command.name()} ${command.usage().replace('[options] ', '')}`.trim() });
  for (const flag of GLOBAL_FLAGS) program.addOption(globalOption(flag));
  let yes = 0;
  program.on('option:yes', () => program.setOptionValue('yes', ++yes));
  for (const spec of commands) addCommand(program, spec, run);
  for (const own of ownCommands) addOwnCommand(program, own);
  return program;
}

function addCommand(program: Command, spec: CommandSpec, run: ProgramOptions['run']): void {
  const command = parentOf(program, spec).command(spec.command.split(' ').at(-1) ?? '', { isDefault: spec.command === 'connections list' });
  command.summary(spec.summary).description([spec.summary + '.', spec.description].filter(Boolean).join(' '));
  addArguments(command, spec.arguments);
  const attributes = spec.flags.map((flag) => [flag.field, addFlag(command, flag)] as const);
  if (spec.examples.length > 0) command.addHelpText('after', `\nExamples:\n${spec.examples.map(([line, what]) => `  ${line}\n      ${what}`).join('\n')}`);
  command.action(async () => {
    const values = command.opts<Record<string, unknown>>();
    const flags = attributes.flatMap(([field, attribute]) => (values[attribute] === undefined ? [] : [[field, values[attribute]] as const]));
    await run({ spec, input: { ...toFields(command, spec.arguments), ...Object.fromEntries(flags) }, options: program.opts<GlobalOptions>() });
  });
}

/** The command that a command of several words stands below: made when it is not there yet. */
function parentOf(program: Command, { command }: CommandSpec): Command {
  const groups = command.split(' ').slice(0, -1);
  return groups.reduce((parent, word, index) => {
    const summary = GROUP_SUMMARIES[groups.slice(0, index + 1).join(' ')] ?? '';
    return parent.commands.find((candidate) => candidate.name() === word) ?? parent.command(word).description(summary);
  }, program);
}

/** Commander takes a variadic argument only as the last one, so one that comes before is declared as part of a whole. */
function addArguments(command: Command, args: readonly ArgumentSpec[]): void {
  const variadicAt = args.findIndex(({ variadic }) => variadic);
  if (variadicAt === -1 || variadicAt === args.length - 1) {
    for (const { label, required, variadic, description } of args) command.argument(bracket(variadic ? `${label}...` : label, required), description);
    return;
  }
  const shown = args.map(({ label, variadic, description }) => new Argument(bracket(variadic ? `${label}...` : label, true), description));
  command.usage(`[options] ${shown.map((argument) => `<${argument.name()}${argument.variadic ? '...' : ''}>`).join(' ')}`);
  command.configureHelp({ showGlobalOptions: true, visibleArguments: () => shown });
  command.argument('<ARGUMENT...>');
}

/** Spreads the arguments over their fields: the variadic one takes what the others leave. */
function toFields(command: Command, args: readonly ArgumentSpec[]): Record<string, unknown> {
  const given = command.args;
  const variadicAt = args.findIndex(({ variadic }) => variadic);
  if (given.length < args.filter(({ required }) => required).length) {
    command.error(`error: missing required argument '${args[given.length]?.label ?? ''}'`, { code: 'commander.missingArgument' });
  }
  const after = args.length - 1 - variadicAt;
  const fields: Record<string, unknown> = {};
  args.forEach(({ field, variadic }, index) => {
    if (variadic) {
      const values = given.slice(index, given.length - after);
      if (values.length > 0) fields[field] = values;
    } else {
      const value = given[variadicAt !== -1 && index > variadicAt ? given.length - (args.length - index) : index];
      if (value !== undefined) fields[field] = value;
    }
  });
  return fields;
}

/** @returns The name commander keeps the value under. */
function addFlag(command: Command, { flag, short, kind, required = false, choices, description, default: standard }: FlagSpec): string {
  const name = [short && `-${short}`, flag].filter(Boolean).join(', ');
  const note = required ? ' (required)' : standard === undefined ? '' : ` (default: ${standard})`;
  const option = new Option(kind === 'boolean' ? name : `${name} <${kind === 'number' ? 'n' : 'value'}>`, description + note).makeOptionMandatory(required);
  if (choices) option.choices(choices);
  if (kind === 'number') option.argParser(parseNumber);
  if (kind === 'list') option.argParser((value: string, before: string[] = []) => [...before, value]);
  command.addOption(option);
  return option.attributeName();
}

function globalOption({ flags, description, choices, kind }: GlobalFlag): Option {
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (kind === 'number') option.argParser(parseNumber);
  if (kind === 'duration') option.argParser(toMilliseconds);
  return option;
}

function addOwnCommand(program: Command, { name, argument, summary, choices, run }: OwnCommand): void {
  const command = program.command(name).description(summary);
  command.addArgument(command.createArgument(`<${argument}>`).choices(choices)).action((value: string) => run(value));
}

function bracket(label: string, required: boolean): string {
  return required ? `<${label}>` : `[${label}]`;
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

function toMilliseconds(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new InvalidArgumentError('It must be a duration such as 30s, 5m or 250ms.');
  return duration;
}
