import { each, MOTO_OBJECTS, type Deviations } from '../../../tools/live-deviations.ts';
import type { S3Dialect } from '../src/index.ts';

/** What follows from the facts in a dialect, which the probe has to see too. */
export function deviationsOf({ keys, copyConditions, maxMetadataValueBytes, capabilities }: S3Dialect): Deviations {
  return {
    ...(!keys.nested && NOT_NESTED),
    ...(keys.maxSegmentBytes !== undefined && each('the parts of a key between slashes have at most that many bytes', ['keeps a key of the greatest length', 'counts the length in bytes, not characters'])),
    ...(!copyConditions && { 'creates only, when asked': 'conditions on the target of a copy are ignored, so they are refused here' }),
    ...(maxMetadataValueBytes !== undefined && maxMetadataValueBytes < capabilities.limits.maxMetadataBytes && { 'keeps as much as the limit says, and refuses more': 'one value has a smaller limit, so that the whole takes several' }),
  };
}

const NOT_NESTED = each('a key and another one inside it ("a" and "a/b") cannot both be kept or listed', [
  'keeps apart an object and one inside its name',
  'shows an object beside the folder of the same name',
  'deletes an object, not those inside its name',
]);

const MOTO: Deviations = {
  ...MOTO_OBJECTS,
  ...each('every upload is said to have begun in 2010', ['goes on with the newest', 'leaves what is younger than a day unless told otherwise']),
  ...each('a list of parts does not say which checksum they come with', ['goes on where it stopped, by crc32', 'sends again what has changed since, by crc32']),
  'notices that the source changes while it is copied in parts': 'conditions of a part copy are ignored',
};

/** What is left, by the server's name in `CMX_LIVE_S3`. */
export const LIVE_DEVIATIONS: Readonly<Record<string, Deviations>> = { moto: MOTO };

/** What a server lets pass that others refuse: it cannot be seen to refuse it. */
export const LENIENT: Readonly<Record<string, readonly ('signatures' | 'tokens' | 'anonymous')[]>> = {
  moto: ['signatures', 'tokens', 'anonymous'],
  'swift-s3api': ['tokens', 'anonymous'], // without a signature, a request is taken for one of Swift's own protocol
};

/** What the probe sees otherwise than the dialect says, by server. */
export const PROBE_DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  moto: ['conditionalCopy', 'copyConditions', 'customerKeys', 'presignedPost', 'storageClass'],
};
