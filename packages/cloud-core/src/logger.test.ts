import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { silentLogger, type Logger } from './logger.ts';

describe('the logger of a client', () => {
  it('may be a pino logger, which gets fields and message', async () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
    const logger: Logger = pino({ level: 'debug' }, stream);
    logger.warn({ attempt: 1 }, 'Trying again');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ attempt: 1, msg: 'Trying again' });
  });

  it('may be the console', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const logger: Logger = console;
    logger.warn({ attempt: 1 }, 'Trying again');
    expect(warn).toHaveBeenCalledWith({ attempt: 1 }, 'Trying again');
  });

  it('says nothing by default', () => {
    expect(silentLogger.error({}, 'unheard')).toBeUndefined();
  });
});
