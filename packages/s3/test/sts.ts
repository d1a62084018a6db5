import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { SigV4Signer } from '../src/signing/sigv4-signer.ts';

/** Other credentials of the same user, from the STS that S3 servers have at their own address; the same ones where there is none. */
export async function otherCredentials(endpoint: string, region: string, own: AccessKeyCredentials): Promise<AccessKeyCredentials> {
  const signer = new SigV4Signer({ service: 'sts' });
  const body = 'Action=AssumeRole&Version=2011-06-15&DurationSeconds=3600&RoleArn=arn:aws:iam::123456789012:role/test&RoleSessionName=cmx-test';
  const hash = await signer.crypto.sha256Hex(body);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-amz-content-sha256': hash };
  await signer.signHeaders({ method: 'POST', host: new URL(endpoint).host, path: '/', headers }, hash, { credentials: own, region, now: Date.now() });
  const answer = await fetch(`${endpoint}/`, { method: 'POST', headers, body });
  const xml = await answer.text();
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => new RegExp(`<${name}>([^<]+)<`).exec(xml)?.[1]);
  return answer.ok && accessKeyId && secretAccessKey ? { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken } : own;
}
