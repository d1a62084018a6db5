import { InvalidArgumentError } from '@cmx/cloud-core';
import { bodySizeInBytes, hasHeader } from '../../body/request-body.ts';
import type { TransportRequest } from '../../transport.ts';
import { MOST_NAMES_KEPT, TOKEN } from './syntax.ts';

const NOT_IN_PATH = /[^\x21-\x7e]/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Names that were seen to be ones: clients send the same few again and again. */
const knownNames = new Set<string>();

/** What requests of one origin have in common. */
export interface OriginLines {
  readonly host: string;
  /** Put before a path that goes to a forwarding proxy. */
  readonly pathPrefix: string;
  /** Whole lines. */
  readonly extraHeaders: string;
}

/** The head of a request, empty line included; its characters are bytes. @throws {InvalidArgumentError} It cannot be sent. */
export function requestHead({ method, path, headers, body }: TransportRequest, { host, pathPrefix, extraHeaders }: OriginLines): string {
  if (!TOKEN.test(method)) throw new InvalidArgumentError('The method of a request is a name');
  if (!path.startsWith('/') || NOT_IN_PATH.test(path)) throw new InvalidArgumentError('The path of a request begins with a slash, and is encoded');
  if (headers.length % 2 !== 0) throw new InvalidArgumentError('Headers are names and values in turn');
  let lines = `${method} ${pathPrefix}${path} HTTP/1.1\r\n`;
  if (!hasHeader(headers, 'host')) lines += `host: ${host}\r\n`;
  if (!hasHeader(headers, 'connection')) lines += 'connection: keep-alive\r\n';
  for (let index = 0; index < headers.length; index += 2) lines += line(headers[index] as string, headers[index + 1] as string);
  const size = bodySizeInBytes(body);
  const framed = size > 0 || method === 'PUT' || method === 'POST' || method === 'PATCH';
  if (framed && !hasHeader(headers, 'content-length')) lines += `content-length: ${String(size)}\r\n`;
  return `${lines}${extraHeaders}\r\n`;
}

function line(name: string, value: string): string {
  if (!knownNames.has(name)) assertName(name);
  if (NOT_IN_VALUE.test(value)) throw new InvalidArgumentError(`The header ${name} has characters that cannot be sent`);
  return `${name}: ${value}\r\n`;
}

function assertName(name: string): void {
  if (!TOKEN.test(name)) throw new InvalidArgumentError('A header has a name that is none');
  if (name.toLowerCase() === 'transfer-encoding') throw new InvalidArgumentError('A body is sent with its length: Transfer-Encoding cannot be chosen');
  if (knownNames.size < MOST_NAMES_KEPT) knownNames.add(name);
}
