import { request } from 'node:http';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseParser } from './response-parser.ts';

interface Answer {
  status?: number;
  headers?: [string, string][];
  body: string;
  keepAlive?: boolean;
}

/** What a parser makes of bytes that come in these pieces; `undefined` when it refuses them or misses the end. */
function parse(pieces: readonly Uint8Array[], method = 'GET', thenClosed = false): Answer | undefined {
  const answer: Answer = { body: '' };
  const parser = new ResponseParser({
    onHead: (status, headers) => Object.assign(answer, { status, headers: [...headers] }),
    onBody: (bytes, start, end) => void (answer.body += Buffer.from(bytes).toString('latin1', start, end)),
    onEnd: (keepAlive) => void (answer.keepAlive = keepAlive),
  });
  parser.expect(method);
  try {
    for (const piece of pieces) parser.push(lent(piece), piece.length);
  } catch {
    return undefined;
  }
  if (thenClosed) parser.close();
  return answer.keepAlive === undefined ? undefined : answer;
}

/** As a socket gives it: at the beginning of memory in which older bytes follow. */
function lent(piece: Uint8Array): Buffer {
  return Buffer.concat([piece, Buffer.from('\r\n\r\nolder bytes\r\n\r\n')]);
}

const whole = (text: string): Uint8Array[] => [Buffer.from(text, 'latin1')];
const byByte = (text: string): Uint8Array[] => Array.from(Buffer.from(text, 'latin1'), (byte) => Uint8Array.of(byte));

describe.each<[string, (text: string) => Uint8Array[]]>([
  ['in one piece', whole],
  ['byte by byte', byByte],
])('an answer %s', (_, cut) => {
  it.each<[string, string, Partial<Answer>]>([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  one \r\n\r\nhello', { status: 200, headers: [['content-length', '5'], ['x-a', 'one']], body: 'hello', keepAlive: true }],
    ['no reason', 'HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n', { status: 404, body: '', keepAlive: true }],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x="y"\r\nhello\r\n0a\r\n, world!!!\r\n0\r\nX-T: t\r\nX-U: u\r\n\r\n', { body: 'hello, world!!!', keepAlive: true }],
    ['interim answers before it', 'HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 1\r\n\r\nx', { status: 201, body: 'x' }],
    ['the same length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx', { body: 'x' }],
    ['a wish to close', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: Close\r\n\r\nx', { body: 'x', keepAlive: false }],
    ['the old version', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', { body: 'x', keepAlive: false }],
    ['the old version that stays', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\nx', { body: 'x', keepAlive: true }],
    ['no body to speak of', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n', { status: 304, body: '', keepAlive: true }],
  ])('with %s is read', (_name, text, expected) => {
    expect(parse(cut(text))).toMatchObject(expected);
  });

  it('to HEAD has no body, whatever it declares', () => {
    expect(parse(cut('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n'), 'HEAD')).toMatchObject({ body: '', keepAlive: true });
  });

  it('without a length ends with its connection', () => {
    expect(parse(cut('HTTP/1.1 200 OK\r\n\r\nuntil the end'))).toBeUndefined();
    expect(parse(cut('HTTP/1.1 200 OK\r\n\r\nuntil the end'), 'GET', true)).toMatchObject({ body: 'until the end', keepAlive: false });
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['a status that is none', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n'],
    ['a continued line', 'HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 0\r\n\r\n'],
    ['a space before a colon', 'HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n'],
    ['a line without a colon', 'HTTP/1.1 200 OK\r\nContent-Length\r\n\r\n'],
    ['a bare line feed', 'HTTP/1.1 200 OK\r\nX-A: one\nContent-Length: 0\r\n\r\n'],
    ['a bare carriage return', 'HTTP/1.1 200 OK\r\nX-A: one\rX-B: two\r\nContent-Length: 0\r\n\r\n'],
    ['a null character', 'HTTP/1.1 200 OK\r\nX-A: o\0ne\r\nContent-Length: 0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy'],
    ['a length with a sign', 'HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an encoding that was not asked for', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n\r\n'],
    ['a chunk whose size is no number', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5g\r\nhello\r\n0\r\n\r\n'],
    ['a chunk larger than anything', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffff\r\nhello'],
    ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n'],
    ['a chunk that ends with a line feed', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n'],
    ['an extension that is malformed', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;=\r\nhello\r\n0\r\n\r\n'],
    ['trailers that frame', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n'],
    ['more than the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n'],
  ])('with %s is refused', (_name, text) => {
    expect(parse(cut(text), 'GET', true)).toBeUndefined();
  });
});

it('does not hoard a head, an extension or trailers without end', () => {
  const endless = Buffer.alloc(1024, 'x');
  const parseEndless = (start: string): Answer | undefined => parse([Buffer.from(start), ...Array.from({ length: 100 }, () => endless), Buffer.from('\r\n\r\n')], 'GET', true);
  expect(parseEndless('HTTP/1.1 200 OK\r\nX-A: ')).toBeUndefined();
  expect(parseEndless('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;')).toBeUndefined();
  expect(parseEndless('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-A: ')).toBeUndefined();
});

/** The answer as Node's own parser reads it; `undefined` when it refuses it. */
async function parseWithNode(text: string): Promise<Answer | undefined> {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  return new Promise((resolve) => {
    const outgoing = request({ createConnection: () => socket, host: 'example.com', insecureHTTPParser: false }, (incoming) => {
      const answer: Answer = { status: incoming.statusCode ?? 0, body: '' };
      incoming.setEncoding('latin1');
      incoming.on('data', (chunk: string) => (answer.body += chunk));
      incoming.on('end', () => resolve(incoming.complete ? answer : undefined));
      incoming.on('error', () => resolve(undefined));
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(() => {
      socket.push(Buffer.from(text, 'latin1'));
      socket.push(null);
    });
  });
}

const VALID = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: "a"\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n5\r\nhello\r\n3;e=f\r\nyou\r\n0\r\nT: u\r\n\r\n',
  'HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n',
  'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end',
];

/** Replaces, inserts and removes a few characters that matter. */
const damaged = fc
  .tuple(fc.constantFrom(...VALID), fc.array(fc.record({ at: fc.nat(120), remove: fc.nat(2), insert: fc.constantFrom('', '\r', '\n', '\r\n', ' ', ':', '0', '5', 'f', ';', '\0', 'Content-Length: 3\r\n', 'x') }), { maxLength: 3 }))
  .map(([text, edits]) => edits.reduce((edited, { at, remove, insert }) => edited.slice(0, at) + insert + edited.slice(at + remove), text));

it('reads the same however the bytes are cut', () => {
  fc.assert(
    fc.property(damaged, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }), (text, sizes) => {
      const pieces: Uint8Array[] = [];
      const bytes = Buffer.from(text, 'latin1');
      for (let start = 0, turn = 0; start < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] as number;
        pieces.push(bytes.subarray(start, start + size));
        start += size;
      }
      expect(parse(pieces, 'GET', true)).toEqual(parse([bytes], 'GET', true));
    }),
    { numRuns: 1000 },
  );
});

it("accepts nothing that Node's parser refuses, and reads the same from it", async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      const ours = parse(whole(text), 'GET', true);
      if (ours !== undefined) expect(await parseWithNode(text)).toMatchObject({ status: ours.status, body: ours.body });
    }),
    { numRuns: 1000 },
  );
});
