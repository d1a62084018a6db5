import { assertArgument, checks, STORAGE_OPTIONS, type CallOptions, type ObjectMetadata, type StorageClient } from '@cmx/cloud-core';
import type { ControlPlane } from './control-plane.ts';
import type { S3Capabilities } from './s3-capabilities.ts';

/** The part of the data plane that moves an object to another class. */
type Copier = Pick<StorageClient<S3Capabilities>, 'getObjectMetadata' | 'copyObject'>;

/** A class is changed by copying the object onto itself: the same state of it, encrypted as it was. */
export async function setObjectStorageClass(control: ControlPlane, client: Copier, bucket: string, key: string, storageClass: string, options: CallOptions = {}): Promise<void> {
  const call = control.check.object('setObjectStorageClass', bucket, key, options, STORAGE_OPTIONS.call, 'storageClass');
  assertArgument(storageClass, 'storageClass', checks.headerValue, call);
  await control.within(call, options, async (callOptions) => {
    const found = await client.getObjectMetadata(bucket, key, callOptions);
    if ((found.storageClass ?? 'STANDARD') === storageClass) return;
    const encryption = await readEncryption(control, call, bucket, key, found, callOptions);
    await client.copyObject({ bucket, key }, { bucket, key }, { ...callOptions, storageClass, sourceIfMatch: found.etag, serverSideEncryption: encryption });
  });
}

/** A copy is encrypted as the bucket has it unless it says how, and which key the object has only the SDK's HEAD tells. */
async function readEncryption(
  control: ControlPlane,
  call: Parameters<ControlPlane['send']>[0],
  bucket: string,
  key: string,
  { serverSideEncryption: algorithm }: ObjectMetadata,
  options: CallOptions,
): Promise<{ algorithm: string; keyId: string | undefined } | undefined> {
  if (!algorithm?.startsWith('aws:kms')) return algorithm === undefined ? undefined : { algorithm, keyId: undefined };
  const { SSEKMSKeyId } = await control.send(call, options, (sdk) => new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }));
  return { algorithm, keyId: SSEKMSKeyId };
}
