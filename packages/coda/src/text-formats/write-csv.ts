export interface WriteCsvOptions {
  /** Default `,`. */
  delimiter?: string | undefined;
}

/**
 * CSV with a header, a record at a time (RFC 4180, ended by `\r\n`).
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export async function* toCsv(header: readonly string[], records: AsyncIterable<readonly string[]>, { delimiter = ',' }: WriteCsvOptions = {}): AsyncGenerator<string> {
  const line = (fields: readonly string[]): string => `${fields.map((field) => quoted(field, delimiter)).join(delimiter)}\r\n`;
  yield line(header);
  for await (const record of records) yield line(record);
}

function quoted(field: string, delimiter: string): string {
  return field.includes(delimiter) || /["\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
