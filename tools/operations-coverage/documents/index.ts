import type { ApiDocument } from '../load-description.ts';
import { codaDocument } from './coda.ts';

/** Every document whose operations are counted. */
export const documents: readonly ApiDocument[] = [codaDocument];
