import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documents } from './documents/index.ts';
import { toFacts } from './facts.ts';
import { factsPath, hasDocument, readDescription } from './load-description.ts';

for (const document of documents) {
  // Needs the vendor's document, which is not committed.
  it.skipIf(!hasDocument(document))(`the committed facts of ${document.name} are those of its document (skipped without it in CMX_SPECS_DIR)`, () => {
    expect(JSON.parse(readFileSync(factsPath(document), 'utf8'))).toEqual(JSON.parse(JSON.stringify(toFacts(readDescription(document)))));
  });
}
