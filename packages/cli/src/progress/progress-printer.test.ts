import type { CopyProgress } from '@cmx/transfer';
import { describe, expect, it } from 'vitest';
import type { CliIo, OutputStream } from '../io.ts';
import { createProgressPrinter } from './progress-printer.ts';

const progress: CopyProgress = { objectsDone: 5, objectsFailed: 1, objectsFound: 10, bytesDone: 1024, bytesFound: 4096, listed: true, bytesPerSecond: 512, objectsPerSecond: 2, remainingInSeconds: 6 };

function printerFor(style: Parameters<typeof createProgressPrinter>[0], { isTTY = true, env = {}, columns = 100 } = {}) {
  const written: string[] = [];
  const clock = { now: 0 };
  const stderr: OutputStream = { write: (chunk) => written.push(String(chunk)) > 0, once: () => undefined, isTTY, columns };
  const printer = createProgressPrinter(style, 10_000, { env, stderr } as unknown as CliIo, () => clock.now);
  return { printer, written, clock };
}

describe('progress', () => {
  it('is a bar on a terminal that fits its width and can be taken away', () => {
    const { printer, written } = printerFor('auto');
    printer.update(progress);
    expect(written[0]).toBe('\r\x1b[2K[========                      ] 5/10 objects  1.0 KiB/4.0 KiB  512 B/s  ETA 6.0s  1 failed');
    printer.clear();
    printer.clear();
    expect(written.slice(1)).toEqual(['\r\x1b[2K']);
    const narrow = printerFor('auto', { columns: 30 });
    narrow.printer.update(progress);
    expect(narrow.written[0]?.replace('\r\x1b[2K', '').length).toBeLessThan(30);
  });

  it('promises nothing before everything is listed', () => {
    const { printer, written } = printerFor('bar');
    printer.update({ ...progress, listed: false, remainingInSeconds: undefined });
    expect(written[0]).toContain('5/10+ objects  1.0 KiB/4.0 KiB+');
    expect(written[0]).not.toContain('ETA');
  });

  it.each([{ isTTY: false }, { env: { CI: 'true' } }, { env: { TERM: 'dumb' } }])('is a line now and then with %j', (options) => {
    const { printer, written, clock } = printerFor('auto', options);
    printer.update(progress);
    clock.now = 9999;
    printer.update(progress);
    expect(written).toEqual([]);
    clock.now = 10_000;
    printer.update(progress);
    printer.clear();
    expect(written).toEqual(['5/10 objects  1.0 KiB/4.0 KiB  512 B/s  ETA 6.0s  1 failed\n']);
  });

  it('is every event as JSON, or nothing', () => {
    const json = printerFor('json');
    json.printer.update(progress);
    expect(JSON.parse(json.written[0] ?? '')).toEqual({ progress });
    const none = printerFor('none');
    none.printer.update(progress);
    expect(none.written).toEqual([]);
  });
});
