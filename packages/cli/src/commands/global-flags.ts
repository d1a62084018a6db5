/** A flag every command takes, in commander's notation. */
export interface GlobalFlag {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[] | undefined;
  readonly kind?: 'number' | 'duration' | undefined;
}

export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'page', 'csv', 'name'] as const;
export const PROGRESS_STYLES = ['auto', 'bar', 'lines', 'json', 'none'] as const;
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** Values as given; a flag that was not given is absent. */
export interface GlobalOptions {
  readonly connection?: string | undefined;
  readonly json?: string | undefined;
  readonly output?: (typeof OUTPUT_FORMATS)[number] | undefined;
  /** How often it was given. */
  readonly yes?: number | undefined;
  readonly input?: boolean | undefined;
  readonly progress?: (typeof PROGRESS_STYLES)[number] | undefined;
  readonly progressEvery?: number | undefined;
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  readonly readOnly?: boolean | undefined;
  readonly logLevel?: (typeof LOG_LEVELS)[number] | undefined;
  readonly traceFile?: string | undefined;
}

export const GLOBAL_FLAGS: readonly GlobalFlag[] = [
  { flags: '-c, --connection <name>', description: 'Connection to use, and what :bucket/key means (CMX_CONNECTION)' },
  { flags: '--json [fields]', description: 'JSON, with these fields only (--json=name,size): short for -o json' },
  { flags: '-o, --output <format>', description: 'How results are shown (CMX_OUTPUT; default: table)', choices: OUTPUT_FORMATS },
  { flags: '-y, --yes', description: 'Answer yes to a question; to be given twice where two are asked' },
  { flags: '--no-input', description: 'Ask nothing: fail where a question would be asked' },
  { flags: '--read-only', description: 'Refuse whatever would change something' },
  { flags: '--progress <style>', description: 'How progress is shown on standard error (default: auto)', choices: PROGRESS_STYLES },
  { flags: '--progress-every <duration>', description: 'Time between two lines of progress (default: 10s)', kind: 'duration' },
  { flags: '--timeout <duration>', description: 'Time a single call to a service may take, such as 30s or 5m', kind: 'duration' },
  { flags: '--retries <count>', description: 'Further attempts after a failed one', kind: 'number' },
  { flags: '--log-level <level>', description: 'What is told on standard error (default: error)', choices: LOG_LEVELS },
  { flags: '--trace-file <file>', description: 'Add a line of JSON to this file for each request to a service, without secrets' },
  { flags: '--describe', description: 'Print the schema of arguments and results as JSON, and do nothing' },
];
