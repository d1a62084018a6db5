/** What a terminal would act on. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text that does to a terminal nothing but appear: control and direction characters are written as escapes. */
export function escapeControls(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `1536` as `1.5 KiB`. */
export function showBytes(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? String(bytes) : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[power] ?? 'B'}`;
}

/** `75` as `1m15s`. */
export function showSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds))}s`;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${String(hours)}h${String(minutes).padStart(2, '0')}m` : `${String(minutes)}m${String(whole % 60).padStart(2, '0')}s`;
}

/** A field of a result for people: bytes with units, times without milliseconds, lists and records in one line. */
export function showField(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (name === 'sizeInBytes' && typeof value === 'number') return showBytes(value);
  if (typeof value === 'string') return escapeControls(/^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? value.replace('T', ' ').replace(/(\.\d+)?Z$/, 'Z') : value);
  if (Array.isArray(value)) return value.map((item) => showField('', item)).join(', ');
  if (typeof value === 'object') return Object.entries(value).map(([key, item]) => `${escapeControls(key)}=${showField(key, item)}`).join(' ');
  return plainText(value);
}

/** A value in one word or line, as programs read it. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `sizeInBytes` as `SIZE`, `lastModified` as `LAST MODIFIED`. */
export function showHeading(name: string): string {
  return name.replace(/In(Bytes|Seconds)$/, '').replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();
}
