#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { renderConformanceTable } from './report/conformance-table.ts';
import { readObservations } from './report/observation-file.ts';

const USAGE = 'Usage: cmx-conformance-table OBSERVATIONS.json [PAGE.md]\n';

/** Renders a file of observations as the conformance page, to a file or to stdout. */
async function main([from, to]: readonly string[]): Promise<void> {
  if (from === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const page = renderConformanceTable(await readObservations(from));
  if (to === undefined) process.stdout.write(page);
  else await writeFile(to, page);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
