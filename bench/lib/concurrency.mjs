/** Runs `count` operations, `width` of them at any time. */
export async function concurrently(count, width, operation) {
  let next = 0;
  const lane = async () => {
    while (next < count) await operation(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
