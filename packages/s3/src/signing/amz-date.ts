let lastSecond = -1;
let lastText = '';

/**
 * A time in the form SigV4 wants: `20261124T101500Z`. The last one is kept, because requests come many to the second.
 *
 * @param now - Milliseconds since the epoch.
 */
export function toAmzDate(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== lastSecond) {
    lastText = `${new Date(second * 1000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    lastSecond = second;
  }
  return lastText;
}
