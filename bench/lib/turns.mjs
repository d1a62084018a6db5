import { spawn } from 'node:child_process';
import path from 'node:path';

const measureScript = path.join(import.meta.dirname, 'measure.mjs');

/**
 * Measures every workload of a suite: warm servers first, then each client in turn, `runs` rounds, the median of each figure.
 *
 * @param suite `{ suite, runs, prepare?(): { context, close() }, workloads: [{ workload, clients: { name: module }, reference,
 *   rehearsals? }] }`, the last saying how often each process does it all before it counts;
 *   a module exports `measure(workload, context)` and returns `{ operations, bytes? }` for the work done between its own
 *   `start()` and `stop()` calls.
 */
export async function runInTurns(suite, { runs = suite.runs ?? 5, only }) {
  const prepared = (await suite.prepare?.()) ?? { context: {}, close: async () => {} };
  try {
    const rows = [];
    for (const workload of suite.workloads.filter(({ workload }) => only === undefined || workload.includes(only))) {
      rows.push(...(await runWorkload(suite, workload, workload.runs ?? runs, prepared.context)));
    }
    return rows;
  } finally {
    await prepared.close();
  }
}

async function runWorkload(suite, { workload, clients, reference, rehearsals }, runs, context) {
  const measured = new Map(Object.keys(clients).map((client) => [client, []]));
  for (let run = 1; run <= runs; run++) {
    for (const [client, module] of Object.entries(clients)) {
      process.stderr.write(`${suite.suite}: ${workload}: ${client} (${run}/${runs})\n`);
      const result = await measureOnce(path.resolve(import.meta.dirname, '..', 'clients', module), workload, { ...context, client, rehearsals });
      if (result) measured.get(client).push(result);
    }
  }
  return Array.from(measured, ([client, results]) => ({ ...summarize(suite.suite, workload, client, results), reference: reference === client }));
}

function summarize(suite, workload, client, results) {
  const of = (figure) => median(results.map(figure));
  const bytes = results[0]?.bytes;
  return {
    suite,
    workload,
    client,
    opsPerSecond: round(of(({ operations, seconds }) => operations / seconds)),
    ...(bytes && { mebibytesPerSecond: round(of((result) => result.bytes / 1_048_576 / result.seconds)) }),
    cpuSecondsPer1000Ops: round(of(({ operations, cpuSeconds }) => (cpuSeconds / operations) * 1000)),
    peakRssInMiB: round(of(({ peakRssInMiB }) => peakRssInMiB)),
    ...results[0]?.extra,
    runs: results.length,
  };
}

/** Failing is a failure of the run only for these; a peer that fails or is not there is left out with a word on stderr. */
const OURS = /cmx|MemoryStorageClient|body engine/;

/** One process, one measurement. */
function measureOnce(module, workload, context) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', ...(context.nodeArguments ?? []), measureScript, module, workload], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stdin.end(JSON.stringify(context));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else if (code === 3 || !OURS.test(context.client)) resolve(undefined);
      else reject(new Error(`${path.basename(module)} failed at "${workload}" with exit code ${code}`));
    });
  });
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function round(number) {
  return Number(number.toPrecision(4));
}
