import { assertArgument, checks, checksumOf, STORAGE_OPTIONS, type CallOptions } from '@cmx/cloud-core';
import type { S3Context } from '../s3-context.ts';
import { child, childrenNamed, childText } from '../xml/xml-access.ts';
import { document, element } from '../xml/xml-writer.ts';
import { checksumHeaders } from './store-headers.ts';

export interface VersionOptions extends CallOptions {
  readonly versionId?: string;
}

export async function getObjectTags({ connection, check }: S3Context, bucket: string, key: string, options: VersionOptions = {}): Promise<Record<string, string>> {
  const call = check.object('getObjectTags', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'tags');
  const query = { tagging: '', versionId: options.versionId };
  const { document: answer } = await connection.sendForXml({ call, method: 'GET', bucket, key, query }, 'Tagging', options);
  const set = child(answer, 'TagSet');
  return Object.fromEntries(set === undefined ? [] : childrenNamed(set, 'Tag').map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? '']));
}

export async function putObjectTags(context: S3Context, bucket: string, key: string, tags: Readonly<Record<string, string>>, options: VersionOptions = {}): Promise<void> {
  const { connection, check, dialect } = context;
  const call = check.object('putObjectTags', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'tags');
  assertArgument(tags, 'tags', checks.tags, call);
  check.assertTagCount(tags, call);
  const query = { tagging: '', versionId: options.versionId };
  const set = Object.entries(tags).map(([name, value]) => `<Tag>${element('Key', name)}${element('Value', value)}</Tag>`);
  const body = document('Tagging', `<TagSet>${set.join('')}</TagSet>`);
  const headers = { 'content-type': 'application/xml', ...checksumHeaders({ [dialect.batchDeleteDigest]: await checksumOf(dialect.batchDeleteDigest, body) }) };
  await connection.send({ call, method: 'PUT', bucket, key, query, headers, body }, options);
}
