import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FILES = 20_000;
const reference = 'cp -r, then sha256sum';

/**
 * Many small files on one disk. What the system's own tools take for the same is the measure. Every run writes a directory of its own, and
 * nothing is deleted before the end: file systems mounted with `discard` create files many times more slowly after a deletion.
 */
export default {
  suite: 'local',
  runs: 3,
  async prepare() {
    const directory = mkdtempSync(path.join(process.env.CMX_BENCH_DIR ?? tmpdir(), 'cmx-bench-'));
    const source = path.join(directory, 'source');
    writeTree(source);
    return { context: { directory, source, files: FILES }, close: async () => rmSync(directory, { recursive: true, force: true }) };
  },
  workloads: [
    {
      workload: 'copy a directory of 20,000 files of 4 KiB',
      clients: { [reference]: 'local/cp.mjs', '@cmx/transfer, directory to directory': 'local/cmx-files.mjs' },
      reference,
    },
    {
      workload: 'copy a bucket of 20,000 objects of 4 KiB, hashing each',
      clients: { [reference]: 'local/cp.mjs', '@cmx/local, durable: false': 'local/cmx-bucket.mjs' },
      reference,
    },
    {
      workload: 'the same, flushed to the disk',
      clients: { 'cp -r, sync, then sha256sum': 'local/cp.mjs', '@cmx/local': 'local/cmx-bucket.mjs' },
      reference: 'cp -r, sync, then sha256sum',
    },
  ],
};

function writeTree(source) {
  const body = Buffer.alloc(4096, 'x');
  for (let index = 0; index < FILES; index++) {
    const folder = path.join(source, 'bucket', `folder-${Math.floor(index / 200)}`);
    if (index % 200 === 0) mkdirSync(folder, { recursive: true });
    body.writeUInt32LE(index);
    writeFileSync(path.join(folder, `file-${index}`), body);
  }
}
