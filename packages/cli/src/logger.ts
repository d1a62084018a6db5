import { redact, type Logger } from '@cmx/cloud-core';
import { LOG_LEVELS } from './commands/global-flags.ts';
import type { OutputStream } from './io.ts';
import { escapeControls } from './output/show.ts';

/** Writes what clients tell to standard error, one line each, from a level on. */
export function createLogger(level: (typeof LOG_LEVELS)[number], stream: OutputStream): Logger {
  const wanted = LOG_LEVELS.indexOf(level);
  const writer = (own: (typeof LOG_LEVELS)[number]) => {
    if (LOG_LEVELS.indexOf(own) > wanted) return () => undefined;
    return (fields: object, message: string): void => {
      const details = Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      stream.write(`${own}: ${escapeControls(redact([message, ...details].join(' ')))}\n`);
    };
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}
