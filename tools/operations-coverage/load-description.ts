import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describeDocument, type ApiDescription, type OpenApiDocument } from './api-description.ts';
import { describeFacts, type ApiFacts } from './facts.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** One vendor's API document: where it is, what is wrong with it, and which tests exercise it. */
export interface ApiDocument {
  readonly name: string;
  /** Below `CMX_SPECS_DIR`. */
  readonly file: string;
  /** The committed fact table, below the repository's root. */
  readonly facts: string;
  /** Test files that exercise every operation, below the repository's root. */
  readonly tests: readonly string[];
  /** Statuses that may answer any operation although the document does not say so. */
  readonly undocumentedStatuses?: readonly number[];
  /** Corrects what is known to be wrong, in place. */
  readonly patch?: (document: OpenApiDocument) => void;
}

/** Where the document would be: `CMX_SPECS_DIR`, by default `../shared/specs` beside the repository. */
export function documentPath({ file }: ApiDocument): string {
  return path.join(process.env.CMX_SPECS_DIR ?? path.join(root, '../shared/specs'), file);
}

export function factsPath({ facts }: ApiDocument): string {
  return path.join(root, facts);
}

/** Whether the vendor's document is at hand, so that whole bodies can be validated. */
export function hasDocument(document: ApiDocument): boolean {
  return existsSync(documentPath(document));
}

/** The vendor's document, corrected, when it is there; otherwise the committed facts. */
export function loadDescription(document: ApiDocument): ApiDescription {
  return hasDocument(document) ? readDescription(document) : describeFacts(readJson<ApiFacts>(factsPath(document)));
}

/** The vendor's document, corrected. */
export function readDescription(document: ApiDocument): ApiDescription {
  const openApi = readJson<OpenApiDocument>(documentPath(document));
  document.patch?.(openApi);
  return describeDocument(document.name, openApi, document.undocumentedStatuses);
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
