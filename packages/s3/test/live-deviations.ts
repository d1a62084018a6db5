/** Sentences of the contract that a server is known to fail, and why. Such a case must fail, and is reported as failed. */
export type Deviations = Readonly<Record<string, string>>;

function each(reason: string, sentences: readonly string[]): Deviations {
  return Object.fromEntries(sentences.map((sentence) => [sentence, reason]));
}

const FILE_OR_FOLDER = 'a key and another one inside it ("a" and "a/b") cannot both be listed, because keys are paths of a file system';
const FILE_NAMES = 'the parts of a key between slashes are file names of at most 255 bytes';

/** Where keys are paths. */
const PATHS: Deviations = {
  ...each(FILE_OR_FOLDER, [
    'keeps apart an object and one inside its name',
    'deletes nothing but the key',
    'is in the order of the keys’ bytes',
    'gives what begins with the prefix, a whole key included',
    'folds folders, wherever their names sort',
    'gives every folder once across pages of 1',
    'gives every folder once across pages of 2',
    'gives every folder once across pages of 3',
    'begins behind a key that is there, without it',
    'begins behind a key that is not there',
    'gives all behind a key before the first',
    'tells an encoded slash from a slash',
    'stays within the prefix',
    'folds what is behind it',
    'goes on through pages',
  ]),
  ...each(FILE_NAMES, ['keeps a key of the greatest length', 'counts the length in bytes, not characters']),
};

/** Where no second credentials can be had. */
const NO_RENEWAL = each('there is no STS, so credentials cannot be renewed', [
  'renews them once for 20 calls at once',
  'renews them in the middle of a list',
  'renews them in the middle of an upload, and sends the part again',
]);

const MINIO: Deviations = {
  ...PATHS,
  'creates only, when asked': 'conditions on the target of a copy are ignored, so they are refused here',
  ...each('unfinished uploads are listed only for a prefix that is a whole key', ['lists parts and unfinished uploads', 'finds the parts that arrived, sends the missing one, and completes']),
};

const VERSITYGW: Deviations = {
  ...PATHS,
  ...each(FILE_OR_FOLDER, ['gives none behind the last', 'has shown every capability it claims']),
  'keeps or refuses a key with a trailing slash': 'such keys are folders, which can hold no bytes; the server refuses them itself',
  ...NO_RENEWAL,
};

const MOTO: Deviations = {
  ...each('keys are matched by a regular expression that ends at a line break', ['keeps or refuses a key with a line break', 'keeps or refuses a key with control characters 1 to 16']),
  ...each('conditions of a completion are ignored', ['creates only, when asked', 'refuses a newer state by an upload in parts too']),
  ...each('the answers have other root elements than AWS documents', [
    'lists parts and unfinished uploads',
    'finds the parts that arrived, sends the missing one, and completes',
    'is off until it is enabled, and can be suspended',
  ]),
  'says that an aborted upload is gone': 'the server answers with an error page of its own',
  ...each('checksums are kept but not sent back, or of one part', [
    'computes crc32, and keeps it',
    'computes crc32c, and keeps it',
    'computes crc64nvme, and keeps it',
    'computes sha1, and keeps it',
    'computes sha256, and keeps it',
    'tells a checksum of parts from one of the whole',
    'finds a flipped byte in a download',
  ]),
  'creates a bucket once': 'in us-east-1 the owner may create a bucket again, which AWS allows there',
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

const SWIFT: Deviations = {
  ...NO_RENEWAL,
  'keeps as much as the limit says, and refuses more': 'one value has at most 256 bytes, so the limit takes several',
};

/** By the server's name in `CMX_LIVE_S3`. */
export const LIVE_DEVIATIONS: Readonly<Record<string, Deviations>> = { minio: MINIO, versitygw: VERSITYGW, moto: MOTO, swift: SWIFT };

/** What the probe sees otherwise than the dialect says, by server. */
export const PROBE_DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  moto: ['checksums', 'conditionalCopy', 'customerKeys', 'presignedPost', 'storageClass'],
};
