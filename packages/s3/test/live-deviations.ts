import type { S3Dialect } from '../src/index.ts';

/** Sentences of the contract that a server is known to fail, and why. Such a case must fail, and is reported as failed. */
export type Deviations = Readonly<Record<string, string>>;

function each(reason: string, sentences: readonly string[]): Deviations {
  return Object.fromEntries(sentences.map((sentence) => [sentence, reason]));
}

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

/** An emulator of AWS, and what it does otherwise than AWS. */
const MOTO: Deviations = {
  ...each('keys are matched by a regular expression that ends at a line break', ['keeps or refuses a key with a line break', 'keeps or refuses a key with control characters 1 to 16']),
  ...each('conditions of a completion are ignored', ['creates only, when asked', 'refuses a newer state by an upload in parts too']),
  ...each('every upload is said to have begun in 2010', [
    'leaves no upload behind when its beginning was not answered',
    'goes on with the newest',
    'leaves what is younger than a day unless told otherwise',
  ]),
  'notices that the source changes while it is copied in parts': 'conditions of a part copy are ignored',
  ...each('a list of parts does not say which checksum they come with', ['goes on where it stopped, by crc32', 'sends again what has changed since, by crc32']),
  'says that an aborted upload is gone': 'the server answers with an error page of its own',
  'tells a checksum of parts from one of the whole': 'the checksum of an upload in parts is that of its last part',
  ...each('signatures and policies are not verified', [
    'binds the content type of an upload',
    'refuses an upload without a header that was signed',
    'allows no other method',
    'allows no other key',
    'allows no change of its signature or lifetime',
    'works no longer than it should',
    'takes a form with a file, within its bounds',
    'has shown every capability it claims',
  ]),
  ...each('delete markers and suspended versions are listed in another order or lost', ['hides a deleted object behind a marker, and brings it back without', 'keeps the versions made so far when it is suspended']),
  'replaces them all, and removes them': 'an empty set of tags is an error page of its own',
  'reads with the right key, and neither with another nor without': "customers' keys are ignored",
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
