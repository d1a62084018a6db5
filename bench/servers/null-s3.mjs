/**
 * An S3 server that costs as little as Node can: it parses just enough of a request to answer it, throws uploads away and
 * checks no signature. What is measured against it is the client. Prints its port; lives until its stdin ends.
 *
 * Objects: any key has 4 KiB; keys that begin with `big` have 1 GiB and answer ranges. A bucket lists 100,000 keys.
 */
import net from 'node:net';

const SMALL = Buffer.alloc(4096, 'x');
const BIG_BYTES = 1024 ** 3;
const READ_BYTES = 256 * 1024;
const BLOCK = Buffer.alloc(8 * 1024 ** 2, 'y');
const KEYS = 100_000;
const HEADERS = 'Date: Tue, 24 Nov 2026 10:00:00 GMT\r\nx-amz-request-id: 0A1B2C3D\r\nServer: null\r\n';
const OBJECT = 'ETag: "9b2cf535f27731c974343645a3985328"\r\nLast-Modified: Mon, 23 Nov 2026 10:00:00 GMT\r\nContent-Type: application/octet-stream\r\nAccept-Ranges: bytes\r\n';

const smallAnswer = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${HEADERS}${OBJECT}Content-Length: 4096\r\n\r\n`), SMALL]);
const headAnswer = Buffer.from(`HTTP/1.1 200 OK\r\n${HEADERS}${OBJECT}Content-Length: 4096\r\n\r\n`);
const bigHeadAnswer = Buffer.from(`HTTP/1.1 200 OK\r\n${HEADERS}${OBJECT}Content-Length: ${BIG_BYTES}\r\n\r\n`);
const putAnswer = Buffer.from(`HTTP/1.1 200 OK\r\n${HEADERS}ETag: "9b2cf535f27731c974343645a3985328"\r\nContent-Length: 0\r\n\r\n`);
const noContent = Buffer.from(`HTTP/1.1 204 No Content\r\n${HEADERS}\r\n`);
const continueAnswer = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

// Node's servers read into a new buffer each time, which costs as much as a client's whole upload; a socket of our own reads into one.
const server = net.createServer({ noDelay: true, pauseOnConnect: true }, ({ _handle: handle }) => new Connection(handle));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.resume().once('end', () => process.exit(0));

/** One keep-alive connection: heads and bodies in turn. */
class Connection {
  #socket;
  #pending = Buffer.alloc(0);
  #bodyLeft = 0;
  #request;
  #kept = [];

  constructor(handle) {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    this.#socket = new net.Socket({ handle, onread: { buffer, callback: (size) => void this.#take(buffer.subarray(0, size)) } });
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('end', () => this.#socket.end());
    this.#socket.resume();
    handle.readStart();
  }

  #take(chunk) {
    let data = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    this.#pending = Buffer.alloc(0);
    while (data.length > 0) {
      data = this.#request ? this.#takeBody(data) : this.#takeHead(data);
      if (data === undefined) return;
    }
  }

  #takeHead(data) {
    const end = data.indexOf('\r\n\r\n');
    if (end === -1) {
      this.#pending = Buffer.from(data);
      return undefined;
    }
    const head = data.latin1Slice(0, end);
    const method = head.slice(0, head.indexOf(' '));
    const path = head.slice(method.length + 1, head.indexOf(' ', method.length + 1));
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (/\r\nexpect: *100-continue/i.test(head)) this.#socket.write(continueAnswer);
    if (/\r\ntransfer-encoding: *chunked/i.test(head)) throw new Error('The null server takes bodies of known length only');
    this.#request = { method, path, range: /\r\nrange: *bytes=(\d+)-(\d*)/i.exec(head) };
    this.#bodyLeft = length;
    if (length === 0) this.#finish();
    return data.subarray(end + 4);
  }

  #takeBody(data) {
    const taken = Math.min(this.#bodyLeft, data.length);
    if (this.#request.method === 'POST') this.#kept.push(Buffer.from(data.subarray(0, taken)));
    this.#bodyLeft -= taken;
    if (this.#bodyLeft === 0) this.#finish();
    return data.subarray(taken);
  }

  #finish() {
    const request = this.#request;
    const body = this.#kept.length > 0 ? Buffer.concat(this.#kept).toString() : '';
    this.#request = undefined;
    this.#kept = [];
    answer(this.#socket, request, body);
  }
}

function answer(socket, { method, path, range }, body) {
  const big = /\/big/.test(path);
  if (method === 'PUT') socket.write(putAnswer);
  else if (method === 'HEAD') socket.write(big ? bigHeadAnswer : headAnswer);
  else if (method === 'DELETE') socket.write(noContent);
  else if (method === 'POST') socket.write(xml(post(path, body)));
  else if (/[?&](list-type=2|max-keys|prefix=|marker=)/.test(path) || /^\/[^/?]*\/?(\?|$)/.test(path)) socket.write(xml(listPage(path)));
  else if (big) writeBig(socket, range);
  else socket.write(smallAnswer);
}

function xml(text) {
  return `HTTP/1.1 200 OK\r\n${HEADERS}Content-Type: application/xml\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function post(path, body) {
  if (/[?&]delete/.test(path)) {
    const keys = /<Quiet>true/.test(body) ? [] : body.match(/<Key>[^<]*<\/Key>/g);
    return `<?xml version="1.0" encoding="UTF-8"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${keys.map((key) => `<Deleted>${key}</Deleted>`).join('')}</DeleteResult>`;
  }
  if (/[?&]uploads/.test(path)) return `<?xml version="1.0" encoding="UTF-8"?><InitiateMultipartUploadResult><Bucket>b</Bucket><Key>big</Key><UploadId>upload-1</UploadId></InitiateMultipartUploadResult>`;
  return `<?xml version="1.0" encoding="UTF-8"?><CompleteMultipartUploadResult><Location>http://127.0.0.1/b/big</Location><Bucket>b</Bucket><Key>big</Key><ETag>"9b2cf535f27731c974343645a3985328-128"</ETag></CompleteMultipartUploadResult>`;
}

const pages = new Map();

/** A page of 1,000 keys, some with characters that must be escaped; made once for each form. */
function listPage(path) {
  const token = Number(/(?:continuation-token|marker)=page-(\d+)/.exec(path)?.[1] ?? 0);
  const encoded = /encoding-type=url/.test(path);
  const id = `${token}${encoded}`;
  if (!pages.has(id)) pages.set(id, makePage(token, encoded));
  return pages.get(id);
}

function makePage(token, encoded) {
  const end = Math.min(token + 1000, KEYS);
  let contents = '';
  for (let index = token; index < end; index++) {
    const key = `photos/2026/${String(index).padStart(8, '0')} & "more" <${index % 7}>.jpg`;
    const text = encoded ? encodeURIComponent(key).replaceAll('%2F', '/') : key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    contents += `<Contents><Key>${text}</Key><LastModified>2026-11-23T10:00:00.000Z</LastModified><ETag>&quot;9b2cf535f27731c974343645a3985328&quot;</ETag><Size>4096</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  }
  const more = end < KEYS;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix><KeyCount>${end - token}</KeyCount><MaxKeys>1000</MaxKeys>${encoded ? '<EncodingType>url</EncodingType>' : ''}<IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>page-${end}</NextContinuationToken>` : ''}${contents}</ListBucketResult>`;
}

/** A slice of the large object, block by block as the socket takes it. */
function writeBig(socket, range) {
  const start = range ? Number(range[1]) : 0;
  const end = range?.[2] ? Math.min(Number(range[2]), BIG_BYTES - 1) : BIG_BYTES - 1;
  const status = range ? `206 Partial Content\r\nContent-Range: bytes ${start}-${end}/${BIG_BYTES}` : '200 OK';
  socket.write(`HTTP/1.1 ${status}\r\n${HEADERS}${OBJECT}Content-Length: ${end - start + 1}\r\n\r\n`);
  let left = end - start + 1;
  const more = () => {
    while (left > 0) {
      const size = Math.min(left, BLOCK.length);
      left -= size;
      if (!socket.write(size === BLOCK.length ? BLOCK : BLOCK.subarray(0, size)) && left > 0) return void socket.once('drain', more);
    }
  };
  more();
}
