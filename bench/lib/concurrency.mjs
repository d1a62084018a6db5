/** Runs `count` operations, `width` of them at any time. */
export async function concurrently(count, width, operation) {
  let next = 0;
  const lane = async () => {
    while (next < count) await operation(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Keeps `width` operations running for some time. @returns How many were done. */
export async function concurrentlyFor(timeInMs, width, operation) {
  const end = performance.now() + timeInMs;
  let next = 0;
  const lane = async () => {
    while (performance.now() < end) await operation(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return next;
}
