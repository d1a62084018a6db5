import type { CopyProgress } from '@cmx/transfer';
import type { PROGRESS_STYLES } from '../commands/global-flags.ts';
import type { CliIo, OutputStream } from '../io.ts';
import { showBytes, showSeconds } from '../output/show.ts';

type ProgressStyle = (typeof PROGRESS_STYLES)[number];

/** Shows how far a transfer has come, on standard error. */
export interface ProgressPrinter {
  update(progress: CopyProgress): void;
  /** Takes the bar away, so that something else can be written to the terminal. It comes back with the next update. */
  clear(): void;
}

const NO_PROGRESS: ProgressPrinter = { update: () => undefined, clear: () => undefined };
const CLEAR_LINE = '\r\x1b[2K';

/** `auto` is a bar on a terminal, and lines where output is kept: in pipes and in CI. */
export function createProgressPrinter(style: ProgressStyle, intervalInMs: number, io: CliIo, now: () => number = () => performance.now()): ProgressPrinter {
  const isLive = io.stderr.isTTY === true && !io.env['CI'] && io.env['TERM'] !== 'dumb';
  switch (style === 'auto' ? (isLive ? 'bar' : 'lines') : style) {
    case 'bar':
      return bar(io.stderr);
    case 'lines':
      return everySoOften(intervalInMs, now, (progress) => io.stderr.write(`${describe(progress)}\n`));
    case 'json':
      return everySoOften(0, now, (progress) => io.stderr.write(`${JSON.stringify({ progress })}\n`));
    default:
      return NO_PROGRESS;
  }
}

function bar(stream: OutputStream): ProgressPrinter {
  let isShown = false;
  return {
    update(progress) {
      const width = stream.columns ?? 80;
      stream.write(CLEAR_LINE + barLine(progress, width - 1));
      isShown = true;
    },
    clear() {
      if (isShown) stream.write(CLEAR_LINE);
      isShown = false;
    },
  };
}

function everySoOften(intervalInMs: number, now: () => number, print: (progress: CopyProgress) => void): ProgressPrinter {
  let lastAt = now();
  return {
    update(progress) {
      if (now() - lastAt < intervalInMs) return;
      lastAt = now();
      print(progress);
    },
    clear: () => undefined,
  };
}

function barLine(progress: CopyProgress, width: number): string {
  const text = describe(progress);
  const room = Math.min(30, width - text.length - 3);
  if (room < 5) return text.slice(0, width);
  const filled = Math.round(room * fraction(progress));
  return `[${'='.repeat(filled)}${' '.repeat(room - filled)}] ${text}`;
}

/** By bytes, or by objects where there are none. Nothing is promised before all is listed. */
function fraction({ bytesDone, bytesFound, objectsDone, objectsFound }: CopyProgress): number {
  const part = bytesFound > 0 ? bytesDone / bytesFound : objectsFound > 0 ? objectsDone / objectsFound : 0;
  return Math.min(1, Math.max(0, part));
}

function describe(progress: CopyProgress): string {
  const { objectsDone, objectsFound, objectsFailed, bytesDone, bytesFound, bytesPerSecond, listed, remainingInSeconds } = progress;
  const open = listed ? '' : '+';
  const parts = [
    `${String(objectsDone)}/${String(objectsFound)}${open} objects`,
    `${showBytes(bytesDone)}/${showBytes(bytesFound)}${open}`,
    `${showBytes(Math.round(bytesPerSecond))}/s`,
    ...(remainingInSeconds === undefined ? [] : [`ETA ${showSeconds(remainingInSeconds)}`]),
    ...(objectsFailed > 0 ? [`${String(objectsFailed)} failed`] : []),
  ];
  return parts.join('  ');
}
