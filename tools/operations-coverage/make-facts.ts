/** Writes the fact table of every document that is at hand: `node tools/operations-coverage/make-facts.ts`. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents/index.ts';
import { toFacts } from './facts.ts';
import { factsPath, hasDocument, readDescription } from './load-description.ts';

const table = (name: string, rows: readonly unknown[]): string => `"${name}":[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]`;

for (const document of documents.filter(hasDocument)) {
  const { shapes, operations, ...head } = toFacts(readDescription(document));
  writeFileSync(factsPath(document), `${JSON.stringify(head).slice(0, -1)},\n${table('shapes', shapes)},\n${table('operations', operations)}}\n`);
}
