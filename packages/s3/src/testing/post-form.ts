import { requireBucket, type Context } from './context.ts';
import { md5Hex } from './digests.ts';
import { S3Failure } from './failure.ts';
import { verifyPolicySignature } from './signature.ts';
import { storedHeaders } from './stored-headers.ts';

type Condition = Readonly<Record<string, string>> | readonly [string, string | number, string | number];

/** A browser's form upload, held against the policy it carries. */
export async function postObject(context: Context): Promise<Response> {
  const bucket = requireBucket(context);
  const form = await readForm(context);
  const fields = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name.toLowerCase(), value);
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new S3Failure(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
  verifyPolicySignature(fields, context.verifier);
  const bytes = new Uint8Array(await file.arrayBuffer());
  checkPolicy(fields, bytes.length, context);
  const headers = new Headers([...fields].filter(([name]) => name === 'content-type' || name.startsWith('x-amz-meta-')));
  const version = bucket.put(fields.get('key') ?? '', { bytes, etag: md5Hex(bytes), headers: storedHeaders(headers), tags: {}, checksums: {}, checksumType: undefined, customerKeyMd5: undefined });
  return new Response(null, { status: 204, headers: { etag: `"${version.etag}"` } });
}

/** Whether a request is a form, which carries its signature inside. */
export function isForm({ method, key, headers }: Context): boolean {
  return method === 'POST' && key === '' && headers.get('content-type')?.startsWith('multipart/form-data') === true;
}

async function readForm(context: Context): Promise<FormData> {
  if (!isForm(context)) throw new S3Failure(412, 'PreconditionFailed', 'Bucket POST must be of the enclosure-type multipart/form-data');
  const sent = new Response(context.body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': context.headers.get('content-type') ?? '' } });
  return sent.formData().catch(() => {
    throw new S3Failure(400, 'MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  });
}

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly Condition[];
}

function readPolicy(text: string): Policy {
  try {
    const policy = JSON.parse(Buffer.from(text, 'base64').toString()) as Partial<Policy> | null;
    if (typeof policy?.expiration === 'string' && Array.isArray(policy.conditions)) return policy as Policy;
  } catch {
    // No JSON is no policy.
  }
  throw new S3Failure(400, 'InvalidPolicyDocument', 'The content of the form does not meet the conditions specified in the policy document.');
}

function checkPolicy(fields: ReadonlyMap<string, string>, size: number, { bucketName, now }: Context): void {
  const policy = readPolicy(fields.get('policy') ?? '');
  if (Date.parse(policy.expiration) < now()) throw new S3Failure(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
  const covered = new Set(['policy', 'x-amz-signature', 'file']);
  for (const condition of policy.conditions) {
    if (Array.isArray(condition)) checkComparison(condition as [string, string | number, string | number], fields, size, covered);
    else for (const [name, value] of Object.entries(condition as Record<string, string>)) checkEqual(name.toLowerCase(), value, name === 'bucket' ? bucketName : fields.get(name.toLowerCase()), covered);
  }
  for (const name of fields.keys()) if (!covered.has(name)) throw new S3Failure(403, 'AccessDenied', `Invalid according to Policy: Extra input fields: ${name}`);
}

function checkEqual(name: string, value: string, actual: string | undefined, covered: Set<string>): void {
  covered.add(name);
  if (actual !== value) throw new S3Failure(403, 'AccessDenied', `Invalid according to Policy: Policy Condition failed: ["eq", "$${name}", "${value}"]`);
}

function checkComparison([operator, first, second]: readonly [string, string | number, string | number], fields: ReadonlyMap<string, string>, size: number, covered: Set<string>): void {
  if (operator === 'content-length-range') {
    if (size < Number(first)) throw new S3Failure(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    if (size > Number(second)) throw new S3Failure(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    return;
  }
  const name = String(first).replace(/^\$/, '').toLowerCase();
  if (operator === 'eq') return checkEqual(name, String(second), fields.get(name), covered);
  covered.add(name);
  if (!(fields.get(name) ?? '').startsWith(String(second))) throw new S3Failure(403, 'AccessDenied', 'Invalid according to Policy: Policy Condition failed');
}
