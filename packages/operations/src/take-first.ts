/** The first so many items; all without a count. Stops reading where it ends. */
export async function* takeFirst<T>(items: AsyncIterable<T>, count = Infinity): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    if (++taken >= count) return;
  }
}
