import type { Answer, Call } from '../call.ts';
import { cannedAnswers } from './canned.ts';
import { docAnswers } from './docs.ts';
import { exportAnswers } from './exports.ts';
import { pageAnswers } from './pages.ts';
import { sharingAnswers } from './sharing.ts';
import { tableAnswers } from './tables.ts';

/** What the service answers, by operation. */
export const answers: Readonly<Record<string, (call: Call) => Answer>> = { ...cannedAnswers, ...docAnswers, ...exportAnswers, ...pageAnswers, ...sharingAnswers, ...tableAnswers };
