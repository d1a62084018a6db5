import type { Call, CopyObjectOptions, ObjectMetadata, ObjectReference, StoreOptions } from '@cmx/cloud-core';
import type { RequestHeaders } from './store-headers.ts';

/** A copy, decided: what is read, what it will carry, and by which request. */
export interface CopyPlan {
  readonly call: Call;
  readonly source: ObjectReference;
  readonly target: ObjectReference;
  readonly found: ObjectMetadata;
  /** Headers by which the source is read, when only the caller has its key. */
  readonly sourceKey: RequestHeaders;
  readonly options: CopyObjectOptions;
  /** What the new object carries instead of what the source has; `undefined` keeps that. */
  readonly replacement: Description | undefined;
}

export const DESCRIPTION = ['contentType', 'contentEncoding', 'contentLanguage', 'contentDisposition', 'cacheControl', 'expires', 'metadata'] as const satisfies readonly (keyof StoreOptions)[];

/** What describes an object: content headers and metadata. */
export type Description = Pick<StoreOptions, (typeof DESCRIPTION)[number]>;

export function pickDescription(options: Description): Description {
  return Object.fromEntries(DESCRIPTION.map((name) => [name, options[name]]));
}

/** Where and how it is stored. */
export function pickPlacement({ tags, storageClass, serverSideEncryption }: StoreOptions): StoreOptions {
  return { tags, storageClass, serverSideEncryption };
}
