import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A self-signed certificate and its key, in PEM, made for one test. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateChoice {
  /** Host the certificate is for. Default `localhost` and 127.0.0.1. */
  readonly host?: string;
  /** Years from now until it ends; below 0 for one that has expired. Default 1. */
  readonly years?: number;
}

/** Makes a certificate (RFC 5280) that is its own authority. */
export function createCertificate({ host = 'localhost', years = 1 }: CertificateChoice = {}): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(`cmx test ${randomBytes(8).toString('hex')}`)))));
  const names = sequence(der(0x82, Buffer.from(host)), ...(host === 'localhost' ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : []));
  const extensions = sequence(
    sequence(oid('551d11'), der(0x04, names)),
    sequence(oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(years - 2), utcTime(years)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])));
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return { cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...items: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(items));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function utcTime(years: number): Buffer {
  const time = new Date(Date.now() + years * 365 * 86_400_000).toISOString().replace(/[-:T]/g, '');
  return der(0x17, Buffer.from(`${time.slice(2, 14)}Z`));
}
