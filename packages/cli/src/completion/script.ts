import { script } from '@bomb.sh/tab';
import type { CliIo } from '../io.ts';
import { withConsoleLog } from './console-log.ts';

/** Bash splits words at colons, which every address has. */
const BASH_PRELUDE = 'COMP_WORDBREAKS=${COMP_WORDBREAKS//:}';

/** Prints the script that a shell's start-up file runs: `source <(cmx completion bash)`. */
export function printScript(shell: string, io: CliIo): void {
  const lines = withConsoleLog(() => script(shell === 'pwsh' ? 'powershell' : shell, 'cmx', 'cmx'));
  io.stdout.write(`${[...(shell === 'bash' ? [BASH_PRELUDE] : []), ...lines].join('\n')}\n`);
}
