import { silentLogger } from '@cmx/cloud-core';
import { createSkippingClock } from '@cmx/conformance';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { S3CompatibleClient } from '../src/index.ts';
import { serveService, TEST_PART_BYTES } from './support.ts';

const BUCKET = 'photos';
const warn = vi.fn();

let served: Awaited<ReturnType<typeof serveService>>;
let client: S3CompatibleClient;

beforeEach(async () => {
  warn.mockReset();
  served = await serveService({ buckets: [BUCKET] });
  client = served.client({ clock: createSkippingClock(), logger: { ...silentLogger, warn } });
});
afterEach(async () => {
  await client.close();
  await served.close();
});

const isAbortion = (method: string, path: string): boolean => method === 'DELETE' && path.includes('uploadId=');
const abortions = (): number => served.service.exchanges.filter(({ method, path }) => isAbortion(method, path)).length;

/** The first abortions are accepted, and then a part arrives that was under way: the upload is there as before. */
function bringBack(times: number): void {
  const { service } = served;
  const handle = service.handle.bind(service);
  let left = times;
  vi.spyOn(service, 'handle').mockImplementation(async (request, path = '') => {
    if (!isAbortion(request.method, path) || left-- <= 0) return handle(request, path);
    service.exchanges.push({ method: request.method, path, headers: request.headers, status: 204 });
    return new Response(null, { status: 204 });
  });
}

async function breakUpload(): Promise<void> {
  served.service.fail({ method: 'PUT', status: 403, code: 'AccessDenied' });
  const upload = client.putObject(BUCKET, 'key', new Uint8Array(3 * TEST_PART_BYTES), { partSizeInBytes: TEST_PART_BYTES });
  await expect(upload).rejects.toMatchObject({ code: 'permission_denied' });
}

it('aborts an upload once when it is gone then', async () => {
  await breakUpload();
  expect(abortions()).toBe(1);
  expect(served.service.openUploads).toBe(0);
});

it('aborts an upload again that parts brought back which were under way', async () => {
  bringBack(2);
  await breakUpload();
  expect(abortions()).toBe(3);
  expect(served.service.openUploads).toBe(0);
});

it('takes the service at its word where uploads may not be looked at', async () => {
  bringBack(1);
  served.service.fail({ method: 'GET', status: 403, code: 'AccessDenied' });
  await breakUpload();
  expect(abortions()).toBe(1);
  expect(warn).not.toHaveBeenCalled();
});

it('says that parts keep coming', async () => {
  bringBack(100);
  await breakUpload();
  expect(abortions()).toBe(4);
  expect(warn).toHaveBeenLastCalledWith(expect.objectContaining({ uploadId: expect.any(String) as unknown }), expect.stringContaining('could not be aborted'));
});
