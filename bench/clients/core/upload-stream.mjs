import { uploadBody } from '@cmx/cloud-core/body';

const TOTAL = 5_000_000_000;
const CHUNK = 1024;
const PART = 8 * 1024 * 1024;
const CONCURRENCY = 4;

async function* chunks() {
  for (let sent = 0; sent < TOTAL; sent += CHUNK) yield new Uint8Array(Math.min(CHUNK, TOTAL - sent));
}

/** A store that takes parts and forgets them, each a millisecond later. */
const target = {
  limits: { maxObjectBytes: 5 * 1024 ** 4, maxSinglePutBytes: 5 * 1024 ** 3, minPartBytes: 5 * 1024 ** 2, maxPartBytes: 5 * 1024 ** 3, maxParts: 10_000 },
  put: async (body) => ({ etag: 'whole', sizeInBytes: body.length }),
  multipart: {
    create: async () => 'upload',
    async uploadPart(_uploadId, partNumber, body) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return { partNumber, etag: String(partNumber), sizeInBytes: body.length };
    },
    complete: async (_uploadId, parts) => ({ etag: 'done', sizeInBytes: parts.reduce((sum, part) => sum + part.sizeInBytes, 0) }),
    abort: async () => {},
  },
};

/** Reports how far memory grew and what the contract allows: part size x (concurrency + 1) + 64 MiB. */
export async function measure(_workload, _context, watch) {
  watch.start();
  const before = process.memoryUsage.rss();
  const result = await uploadBody(target, chunks(), { partSizeInBytes: PART, concurrency: CONCURRENCY, where: {} });
  watch.stop();
  if (result.sizeInBytes !== TOTAL) throw new Error(`uploaded ${result.sizeInBytes} bytes`);
  const growth = process.resourceUsage().maxRSS / 1024 - before / 1_048_576;
  const allowed = (PART * (CONCURRENCY + 1)) / 1_048_576 + 64;
  if (growth > allowed) throw new Error(`memory grew by ${growth.toFixed(0)} MiB; ${allowed} are allowed`);
  return { operations: Math.ceil(TOTAL / PART), bytes: TOTAL, extra: { rssGrowthInMiB: Math.round(growth), allowedGrowthInMiB: allowed } };
}
