const UNITS = ['B', 'KiB', 'MiB', 'GiB'];

/** `1536` as `1.5 KiB`. */
export function showBytes(bytes) {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

/** `1536` as `1,536`. */
export const showCount = (number) => number.toLocaleString('en-US');

/** Steps with their times, told on the way and summed up at the end. */
export class Report {
  #rows = [];
  #lastLineAt = 0;

  /** Runs a step; it resolves to `{ objects, bytes, note? }`. */
  async step(name, run) {
    process.stderr.write(`${name} ...\n`);
    const start = performance.now();
    const { objects, bytes, note = '' } = await run();
    this.#rows.push({ name, objects, bytes, seconds: (performance.now() - start) / 1000, note });
  }

  /** One line a second at most: for terminals and logs alike. */
  progress({ objectsDone, objectsFound, bytesDone, bytesPerSecond, remainingInSeconds }) {
    if (performance.now() - this.#lastLineAt < 1000) return;
    this.#lastLineAt = performance.now();
    const rest = remainingInSeconds === undefined ? '' : `, about ${Math.ceil(remainingInSeconds)} s to go`;
    process.stderr.write(`  ${showCount(objectsDone)} of ${showCount(objectsFound)} objects, ${showBytes(bytesDone)}, ${showBytes(Math.round(bytesPerSecond))}/s${rest}\n`);
  }

  print() {
    const lines = this.#rows.map(({ name, objects, bytes, seconds, note }) => [
      name,
      showCount(objects),
      bytes === undefined ? '' : showBytes(bytes),
      `${seconds.toFixed(2)} s`,
      note || `${showCount(Math.round(objects / seconds))} objects/s${bytes === undefined ? '' : `, ${showBytes(Math.round(bytes / seconds))}/s`}`,
    ]);
    const table = [['', 'objects', 'size', 'time', ''], ...lines];
    const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
    const isNumber = (column) => column > 0 && column < 4;
    console.log();
    for (const row of table) console.log(row.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd());
    console.log();
  }
}
