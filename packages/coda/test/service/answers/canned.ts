import { readFileSync } from 'node:fs';
import type { Answer, Call } from '../coda-service.ts';

/** Made-up answers with every field of the document, for operations that share no state with others: analytics, workspaces, go links, packs. */
const bodies = JSON.parse(readFileSync(new URL('canned.json', import.meta.url), 'utf8')) as Record<string, unknown>;

export const cannedAnswers: Readonly<Record<string, (call: Call) => Answer>> = Object.fromEntries(Object.entries(bodies).map(([operation, body]) => [operation, () => ({ status: 200, body })]));
