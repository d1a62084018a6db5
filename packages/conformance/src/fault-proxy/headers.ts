/** Headers as they came: names keep their case, repeated ones stay apart, order is kept. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** Meant for one hop only; each connection of the proxy frames its own messages. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect']);

/** Pairs up node's flat `rawHeaders`. */
export function fromRawHeaders(raw: readonly string[]): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}

/** Flattens for node's `writeHead` and `request`. */
export function toRawHeaders(list: HeaderList): string[] {
  return list.flatMap(([name, value]) => [name, value]);
}

/** The headers that travel from one side of a proxy to the other. */
export function endToEnd(list: HeaderList): HeaderList {
  return list.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
}

/** The first value of a header, whatever the case of its name. */
export function headerValue(list: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return list.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
}

/** Replaces a header, or removes it when the value is `null`. */
export function withHeader(list: HeaderList, name: string, value: string | null): HeaderList {
  const wanted = name.toLowerCase();
  const others = list.filter(([candidate]) => candidate.toLowerCase() !== wanted);
  return value === null ? others : [...others, [name, value]];
}

/** Lower-case names; repeated headers joined with a comma. */
export function toRecord(list: HeaderList): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of list) {
    const key = name.toLowerCase();
    record[key] = key in record ? `${record[key]}, ${value}` : value;
  }
  return record;
}
