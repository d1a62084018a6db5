/** The floor: a Map, and a copy of the bytes, which any store must make. */
export async function measure(workload, _context, watch) {
  const store = new Map();
  const body = new Uint8Array(4096).fill(7);
  const put = workload.startsWith('put');
  const operations = 200_000;
  for (let index = 0; index < 1000; index++) store.set(`key-${index}`, body.slice());
  watch.start();
  for (let index = 0; index < operations; index++) {
    if (put) store.set(`key-${index % 1000}`, body.slice());
    else store.get(`key-${index % 1000}`).slice();
  }
  watch.stop();
  return { operations };
}
