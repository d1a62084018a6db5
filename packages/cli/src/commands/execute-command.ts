import { CloudError, InvalidArgumentError, PermissionDeniedError, type Telemetry } from '@cmx/cloud-core';
import { createOperationContext, findOperation, RISK_CLASSES, type Operation, type OperationContext, type OperationResult, type ResultItems } from '@cmx/operations';
import type { CopyProgress } from '@cmx/transfer';
import type { ExitCode } from '../exit-codes.ts';
import { writeTo, type CliIo } from '../io.ts';
import { createLogger } from '../logger.ts';
import { createRenderer, type OutputFormat, type Renderer } from '../output/renderers.ts';
import { escapeControls } from '../output/show.ts';
import { createProgressPrinter, type ProgressPrinter } from '../progress/progress-printer.ts';
import { TraceFile } from '../trace-file.ts';
import { ApprovalRequiredError } from './approval-required-error.ts';
import type { ParsedCommand } from './build-program.ts';
import { OUTPUT_FORMATS, type GlobalOptions } from './global-flags.ts';
import { Tally } from './tally.ts';

/** Runs the operation of a command and shows what it gives. Resolves to the exit code; what ends the command as a whole is thrown. */
export async function executeCommand({ spec, input: given, options }: ParsedCommand, io: CliIo): Promise<ExitCode> {
  const operation = findOperation(spec.operation);
  if (!operation) throw new CloudError('unknown', `The catalogue has no operation "${spec.operation}"`);
  const input = await completeInput(operation, given, options, io);
  refuseWrites(operation, input, options);
  const progress = createProgressPrinter(options.progress ?? 'auto', options.progressEvery ?? 10_000, io);
  using trace = openTrace(options, io);
  await using context = openContext(options, io, trace, (update) => progress.update(update));
  await confirm(operation, input, options, io, context);
  const output = new Output(spec, options, io, progress, writesToOutput(operation.parse(input)));
  return await output.show(await operation.run(input, context));
}

/** Adds the connection where the operation takes one; `configure` without a type asks for everything where there is somebody to ask. */
async function completeInput(operation: Operation, input: Readonly<Record<string, unknown>>, options: GlobalOptions, io: CliIo): Promise<Readonly<Record<string, unknown>>> {
  const { connection } = options;
  if (connection !== undefined && 'connection' in operation.input.shape) return { ...input, connection };
  if (operation.name !== 'connections_save' || input['type'] !== undefined || !mayAsk(options, io)) return input;
  const { askForConnection } = await import('../configure/ask-for-connection.ts');
  const { clackPrompter } = await import('../configure/clack-prompter.ts');
  return askForConnection(input, clackPrompter(), { types: io.connectionTypes, env: io.env });
}

function refuseWrites(operation: Operation, input: unknown, { readOnly }: GlobalOptions): void {
  const risk = operation.riskOf(input);
  if (readOnly && !RISK_CLASSES[risk].readOnly) {
    throw new PermissionDeniedError(`--read-only refuses what would change something (${risk})`, { operation: operation.name, phase: 'arguments' });
  }
}

/** Each `--yes` answers one question, in their order. */
async function confirm(operation: Operation, input: unknown, options: GlobalOptions, io: CliIo, context: OperationContext): Promise<void> {
  const questions = await operation.confirm(input, context);
  for (const question of questions.slice(options.yes ?? 0)) {
    if (!mayAsk(options, io) || !io.ask) throw new ApprovalRequiredError(questions);
    const answer = await io.ask(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new ApprovalRequiredError(questions);
  }
}

function mayAsk({ input }: GlobalOptions, io: CliIo): boolean {
  return input !== false && io.stdin.isTTY === true && io.stderr.isTTY === true;
}

function openTrace({ traceFile }: GlobalOptions, io: CliIo): TraceFile | undefined {
  return traceFile === undefined ? undefined : new TraceFile(traceFile, (message) => io.stderr.write(`${escapeControls(message)}\n`));
}

function openContext(options: GlobalOptions, io: CliIo, telemetry: Telemetry | undefined, onProgress: (progress: CopyProgress) => void): OperationContext & AsyncDisposable {
  const { connection = io.env['CMX_CONNECTION'], timeout, retries } = options;
  return createOperationContext({
    abortSignal: io.abortSignal,
    timeoutInMs: timeout,
    defaultConnection: connection,
    connections: { env: io.env, types: io.connectionTypes, telemetry, retry: retries === undefined ? undefined : { maxAttempts: retries + 1 } },
    logger: createLogger(options.logLevel ?? 'error', io.stderr),
    onProgress,
    streams: { input: io.stdin, write: (chunk) => writeTo(io.stdout, chunk) },
  });
}

/** Where standard output carries bytes, results have no place on it. */
function writesToOutput(input: Readonly<Record<string, unknown>>): boolean {
  return input['target'] === '-' || input['to'] === '-';
}

/** Shows what one operation gives. */
class Output {
  readonly #io: CliIo;
  readonly #progress: ProgressPrinter;
  readonly #format: OutputFormat;
  readonly #renderer: Renderer;
  readonly #tally: Tally;
  readonly #isSilent: boolean;

  constructor(spec: ParsedCommand['spec'], options: GlobalOptions, io: CliIo, progress: ProgressPrinter, isSilent: boolean) {
    this.#io = io;
    this.#progress = progress;
    this.#format = outputFormat(options, io);
    const fields = options.json ? options.json.split(',').filter((field) => field !== '') : undefined;
    this.#renderer = createRenderer(spec, { format: this.#format, fields, isTerminal: io.stdout.isTTY === true });
    this.#tally = new Tally(spec.quiet && this.#format === 'table' && options.progress !== 'none');
    this.#isSilent = isSilent;
  }

  async show(result: OperationResult): Promise<ExitCode> {
    switch (result.kind) {
      case 'bytes':
        return this.#showBytes(result.bytes);
      case 'value':
        if (!this.#isSilent) await this.#print(this.#renderer.add(result.value as Record<string, unknown>));
        return 0;
      case 'items':
        return this.#showItems(result.items);
    }
  }

  async #showBytes(bytes: AsyncIterable<Uint8Array>): Promise<ExitCode> {
    if (this.#format !== 'table') throw new InvalidArgumentError(`Bytes cannot be shown as ${this.#format}`, { operation: 'output' });
    for await (const chunk of bytes) await writeTo(this.#io.stdout, chunk);
    return 0;
  }

  async #showItems(items: ResultItems): Promise<ExitCode> {
    for await (const item of items) {
      const row = item as Record<string, unknown>;
      const failure = this.#tally.count(row);
      if (failure !== undefined) this.#note(`${failure}\n`);
      if (!this.#isSilent) await this.#print(this.#renderer.add(row));
    }
    const { nextCursor } = items;
    if (!this.#isSilent) await this.#print(this.#renderer.end(nextCursor));
    if (nextCursor !== undefined && this.#format !== 'page') this.#note(this.#isJson ? `${JSON.stringify({ nextCursor })}\n` : `There is more: --cursor ${nextCursor}\n`);
    const summary = this.#tally.summary();
    if (summary !== undefined) this.#note(`${summary}\n`);
    this.#progress.clear();
    return this.#tally.exitCode();
  }

  get #isJson(): boolean {
    return this.#format === 'json' || this.#format === 'ndjson';
  }

  async #print(text: string): Promise<void> {
    if (text === '') return;
    this.#progress.clear();
    await writeTo(this.#io.stdout, text);
  }

  #note(text: string): void {
    this.#progress.clear();
    this.#io.stderr.write(text);
  }
}

function outputFormat({ json, output }: GlobalOptions, io: CliIo): OutputFormat {
  if (json !== undefined) return output === 'ndjson' || output === 'page' ? output : 'json';
  const wanted = output ?? io.env['CMX_OUTPUT'] ?? 'table';
  const format = OUTPUT_FORMATS.find((candidate) => candidate === wanted);
  if (!format) throw new InvalidArgumentError(`CMX_OUTPUT must be one of ${OUTPUT_FORMATS.join(', ')}, not "${wanted}"`, { operation: 'output' });
  return format;
}
