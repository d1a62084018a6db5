/** The measuring process: `measure.mjs MODULE WORKLOAD`, the context as JSON on stdin, one JSON line on stdout. */
import { pathToFileURL } from 'node:url';
import { text } from 'node:stream/consumers';

const [module, workload] = process.argv.slice(2);
const context = JSON.parse(await text(process.stdin));

let startedAt;
let cpuAtStart;
let rssAtStart;
const figures = {};

/** The clock of the measurement, handed to the client: set-up and warm-up stay outside. */
const watch = {
  start() {
    globalThis.gc?.();
    rssAtStart = process.memoryUsage.rss();
    cpuAtStart = process.cpuUsage();
    startedAt = process.hrtime.bigint();
  },
  stop() {
    figures.seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
    const { user, system } = process.cpuUsage(cpuAtStart);
    figures.cpuSeconds = (user + system) / 1e6;
    figures.peakRssInMiB = process.resourceUsage().maxRSS / 1024;
    figures.rssAtStartInMiB = rssAtStart / 1_048_576;
  },
};

try {
  const { measure } = await import(pathToFileURL(module));
  // Once for nothing, so that every client's code is compiled and loaded before it counts.
  for (let times = context.rehearsals ?? 0; times > 0; times--) await measure(workload, context, { start() {}, stop() {} });
  const result = await measure(workload, context, watch);
  process.stdout.write(JSON.stringify({ ...figures, ...result }));
  process.exit(0);
} catch (error) {
  const missingPeer = error?.missing || (error?.code === 'ERR_MODULE_NOT_FOUND' && !/@cmx\//.test(error.message));
  console.error(missingPeer ? `left out: ${error.message.split('\n')[0]}` : error);
  process.exit(missingPeer ? 3 : 1);
}
