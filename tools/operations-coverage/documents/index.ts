import type { ApiDocument } from '../load-description.ts';
import { codaDocument } from './coda.ts';
import { newsletterDocument } from './infomaniak-newsletter.ts';

/** Every document whose operations are counted. */
export const documents: readonly ApiDocument[] = [codaDocument, newsletterDocument];
