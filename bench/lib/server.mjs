import { spawn } from 'node:child_process';
import path from 'node:path';

/** Starts a server of `bench/servers` in a process of its own. */
export async function startServer(file, args = []) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '..', 'servers', file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(Number(chunk)));
    child.once('exit', (code) => reject(new Error(`${file} ended with exit code ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}
