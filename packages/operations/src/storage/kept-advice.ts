import { parseAddress } from '../addresses.ts';

/** What to do with what a copy that can be resumed left: in words, and as commands. */
export interface KeptAdvice {
  readonly hint: string;
  readonly next: readonly string[];
}

/**
 * How to go on with a copy that was to be resumed, or to be rid of what it left.
 *
 * @param target - Where it went, an address or a path.
 * @throws {InvalidArgumentError} It is neither.
 */
export function adviceOnKept(target: string, defaultConnection?: string): KeptAdvice {
  if (parseAddress(target, defaultConnection).kind === 'remote') {
    return { hint: 'Parts that were sent stay on the server: the same command goes on from there, cmx uploads abort removes them', next: [`cmx uploads ls ${quote(target)}`] };
  }
  return { hint: 'What arrived stays beside the target, in a hidden file that ends in .resume: the same command goes on from there, deleting the file gives up', next: [] };
}

/** As a shell takes it. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
