export const PART = 8 * 1024 ** 2;
export const GIBIBYTE = 1024 ** 3;

/** A gibibyte as a stream of equal chunks, none of them shared with the next. */
export async function* blocks(size) {
  for (let sent = 0; sent < GIBIBYTE; sent += size) yield new Uint8Array(size).fill(121);
}
