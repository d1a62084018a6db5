import { MemoryStorageClient } from '@cmx/cloud-core/memory';

/** Arguments checked, retry and abort armed, errors typed: everything a call passes but the wire. */
export async function measure(workload, _context, watch) {
  const client = new MemoryStorageClient();
  await client.createBucket('bench');
  const body = new Uint8Array(4096).fill(7);
  const operations = 200_000;
  const put = (index) => client.putObject('bench', `key-${index % 1000}`, body);
  const get = async (index) => (await client.getObject('bench', `key-${index % 1000}`)).bytes();
  const operation = workload.startsWith('put') ? put : get;
  for (let index = 0; index < 20_000; index++) await put(index);
  for (let index = 0; index < 20_000; index++) await operation(index);
  watch.start();
  for (let index = 0; index < operations; index++) await operation(index);
  watch.stop();
  return { operations };
}
