/** Generated files are committed, so that a reader finds them; this fails when one is not what its generator would write. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const tools = path.resolve(import.meta.dirname, '..');
const failed = ['generate-registry.mjs', 'generate-reference.mjs'].filter((script) => {
  const { status } = spawnSync(process.execPath, [path.join(tools, script), '--check'], { stdio: 'inherit' });
  return status !== 0;
});
process.exitCode = failed.length > 0 ? 1 : 0;
