/* eslint-disable no-console -- the completion library knows no other way out */

/** Runs something that prints with `console.log`, and returns what it printed. */
export function withConsoleLog(task: () => void): string[] {
  const lines: string[] = [];
  const original = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    task();
  } finally {
    console.log = original;
  }
  return lines;
}
