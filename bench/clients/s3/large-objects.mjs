export const PART = 8 * 1024 ** 2;
export const GIBIBYTE = 1024 ** 3;

/** The same bytes again and again: what a source costs, and the garbage it makes, is not to be measured with the client. */
export const PART_BODY = new Uint8Array(PART).fill(121);

/** A gibibyte as a stream of equal chunks. */
export async function* blocks(size) {
  const block = PART_BODY.subarray(0, size);
  for (let sent = 0; sent < GIBIBYTE; sent += size) yield block;
}
