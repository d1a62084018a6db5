/**
 * Compares keys by their bytes in UTF-8, as object stores list them. JavaScript compares UTF-16 units, which puts characters
 * beyond the basic plane (surrogates, from 0xD800) before those from U+E000 to U+FFFF.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Puts surrogates behind all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The first index from `low` on whose item satisfies the condition, in a list where the others all come before it. */
export function firstIndex<T>(items: readonly T[], isBehind: (item: T) => boolean, low = 0): number {
  let high = items.length;
  let from = low;
  while (from < high) {
    const middle = (from + high) >>> 1;
    if (isBehind(items[middle] as T)) high = middle;
    else from = middle + 1;
  }
  return from;
}
