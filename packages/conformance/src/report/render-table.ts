/**
 * Renders a file of observations as the conformance page, to a file or to stdout:
 * `node --conditions=@cmx/source packages/conformance/src/report/render-table.ts FROM.json [TO.md]`
 */
import { writeFile } from 'node:fs/promises';
import { renderConformanceTable } from './conformance-table.ts';
import { readObservations } from './observation-file.ts';

const [, , from, to] = process.argv;
if (from === undefined) {
  process.stderr.write('Usage: render-table.ts FROM.json [TO.md]\n');
  process.exitCode = 2;
} else {
  const page = renderConformanceTable(await readObservations(from));
  if (to === undefined) process.stdout.write(page);
  else await writeFile(to, page);
}
