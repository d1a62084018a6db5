const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m`, `1.5h`, `250ms` or plain seconds, in milliseconds; `undefined` when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  return Math.round(Number(amount) * (UNITS[unit] ?? 1000));
}
