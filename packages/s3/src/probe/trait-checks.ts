import type { ChecksumAlgorithm, PresignMethod } from '@cmx/cloud-core';
import { keysUnder, observe, refusal, type Check, type Probed } from './expectations.ts';

/** Stores a key and looks whether the list has it so. */
function keeps(name: (key: string) => string): Check {
  return async (probed, key) => {
    const odd = name(key);
    await probed.client.putObject(probed.bucket, odd, 'probe');
    try {
      const listed = await keysUnder(probed, key);
      observe(listed.includes(odd), `listed as ${JSON.stringify(listed)}`);
      return 'listed as it is';
    } finally {
      // By its own name: a list may know it by another.
      await probed.client.deleteObject(probed.bucket, odd);
    }
  };
}

/** Keys that services make others of. */
export const KEY_CHECKS = {
  emptySegments: keeps((key) => `${key}//double`),
  unlistableCharacters: keeps((key) => `${key}\u0001\u001f`),
  longSegments: keeps((key) => `${key}-${'s'.repeat(300)}`),
  dotSegments: keeps((key) => `${key}/../${key}/./dots`),
} as const;

/** Keeps a key and another inside it. */
export const nestedKeys: Check = async (probed, key) => {
  const { client, bucket } = probed;
  const both = [key, `${key}/inside`];
  try {
    for (const name of both) await client.putObject(bucket, name, 'probe');
    const listed = await keysUnder(probed, key);
    observe(both.every((name) => listed.includes(name)), `listed as ${JSON.stringify(listed)}`);
    return 'both are listed';
  } finally {
    // One of them may be hidden from lists.
    for (const name of both.toReversed()) await client.deleteObject(bucket, name);
  }
};

export const multipartSourceEtags: Check = async ({ client, bucket }, key) => {
  const source = await client.createMultipartUpload(bucket, key);
  const part = await client.uploadPart(bucket, key, source.uploadId, 1, new TextEncoder().encode('part'));
  const { etag } = await client.completeMultipartUpload(bucket, key, source.uploadId, [part]);
  await client.copyObject({ bucket, key }, { bucket, key: `${key}-copy` }, { sourceIfMatch: etag });
  return 'a copy on condition of its ETag';
};

export const uploadPrefixes: Check = async ({ client, bucket }, key) => {
  const { uploadId } = await client.createMultipartUpload(bucket, `${key}/upload`);
  try {
    let isListed = false;
    for await (const upload of client.listMultipartUploads(bucket, { prefix: `${key}/` })) isListed ||= upload.uploadId === uploadId;
    observe(isListed, 'an upload is not listed by the beginning of its key');
    return 'an upload is listed by the beginning of its key';
  } finally {
    await client.abortMultipartUpload(bucket, `${key}/upload`, uploadId);
  }
};

export const copyConditions: Check = async ({ client, bucket }, key) => {
  await client.putObject(bucket, key, 'probe');
  await client.putObject(bucket, `${key}-taken`, 'taken');
  return refusal(client.copyObject({ bucket, key }, { bucket, key: `${key}-taken` }, { ifNoneMatch: '*' }), 'precondition_failed');
};

export function checksumCheck(algorithm: ChecksumAlgorithm): Check {
  return async ({ client, bucket }, key) => {
    await client.putObject(bucket, key, '123456789', { checksumAlgorithm: algorithm });
    const { checksums } = await client.getObjectMetadata(bucket, key);
    observe(checksums?.[algorithm] !== undefined, 'was not kept');
    return checksums[algorithm];
  };
}

/** Keeps of an upload in parts, where it says so, a sum of the whole object. */
export function fullObjectCheck(algorithm: ChecksumAlgorithm): Check {
  return async ({ client, bucket }, key) => {
    const { uploadId } = await client.createMultipartUpload(bucket, key, { checksumAlgorithm: algorithm, checksumType: 'full_object' });
    const part = await client.uploadPart(bucket, key, uploadId, 1, new TextEncoder().encode('123456789'), { checksumAlgorithm: algorithm });
    await client.completeMultipartUpload(bucket, key, uploadId, [part]);
    const { checksums, checksumType } = await client.getObjectMetadata(bucket, key);
    observe(checksums?.[algorithm] !== undefined && checksumType === 'full_object', 'was not kept');
    return checksums[algorithm];
  };
}

/** Folds by any text, not by slashes alone. */
export const anyDelimiter: Check = async (probed, key) => {
  for (const name of ['a|1', 'a|2', 'b']) await probed.client.putObject(probed.bucket, `${key}/${name}`, '');
  const prefixes: string[] = [];
  for await (const entry of probed.client.listObjects(probed.bucket, { prefix: `${key}/`, delimiter: '|' })) if (entry.type === 'prefix') prefixes.push(entry.prefix);
  observe(prefixes.join() === `${key}/a|`, `folded as ${JSON.stringify(prefixes)}`);
  return 'folded by "|"';
};

export function presignCheck(method: PresignMethod): Check {
  return async ({ client, bucket }, key) => {
    if (method !== 'PUT') await client.putObject(bucket, key, 'probe');
    const { url, headers } = await client.generatePresignedUrl(bucket, key, { method });
    const answer = await fetch(url, { method, headers, body: method === 'PUT' ? 'probe' : null });
    await answer.body?.cancel();
    observe(answer.ok, `answered ${String(answer.status)}`);
    return `answered ${String(answer.status)}`;
  };
}

export const presignedPost: Check = async (probed, key) => {
  const { url, fields } = await probed.client.generatePresignedPost(probed.bucket, key, { maxSizeInBytes: 100 });
  const answer = await postForm(url, fields, 'probe');
  observe(answer.ok, `answered ${String(answer.status)}`);
  const tooLarge = await postForm(url, fields, 'x'.repeat(101));
  observe(!tooLarge.ok, 'the bounds of the size were ignored');
  return `answered ${String(answer.status)}, and ${String(tooLarge.status)} beyond the bounds`;
};

async function postForm(url: string, fields: Readonly<Record<string, string>>, content: string): Promise<Response> {
  const form = new FormData();
  for (const name in fields) form.append(name, fields[name] ?? '');
  form.append('file', new Blob([content]));
  const answer = await fetch(url, { method: 'POST', body: form });
  await answer.body?.cancel();
  return answer;
}

/** Keeps versions. Only for a bucket that nobody else uses. */
export const versions: Check = async (probed: Probed, key) => {
  const { client, bucket } = probed;
  await client.setBucketVersioning(bucket, 'enabled');
  await client.putObject(bucket, key, 'first');
  await client.putObject(bucket, key, 'second');
  let count = 0;
  for await (const version of client.listObjectVersions(bucket, { prefix: key })) if (version.key === key) count += 1;
  observe(count === 2, `${String(count)} of 2 versions are listed`);
  return 'two versions are listed';
};
