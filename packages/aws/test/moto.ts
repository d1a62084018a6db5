function each(reason: string, sentences: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(sentences.map((sentence) => [sentence, reason]));
}

/** What moto 5 does otherwise in administration than AWS documents. */
export const MOTO_GAPS: Readonly<Record<string, string>> = {
  'keeps every field of a life-cycle rule': 'size conditions and how many versions are kept are forgotten',
  'keeps who is told of events': 'EventBridge is forgotten, and destinations must exist',
  'locks objects until a day': 'a retention is put, and the object itself is the answer to the question for it',
  'knows of no lock where there is none': 'the object itself is the answer',
};

/** Sentences of the storage contract that moto 5 fails, each with the reason. */
export const MOTO_DEVIATIONS: Readonly<Record<string, string>> = {
  ...each('keys are matched by a regular expression that ends at a line break', ['keeps or refuses a key with a line break', 'keeps or refuses a key with control characters 1 to 16']),
  ...each('conditions of a completion and of a copy’s target are ignored', ['creates only, when asked', 'refuses a newer state by an upload in parts too']),
  ...each('the answers have other root elements than AWS documents', [
    'lists parts and unfinished uploads',
    'finds the parts that arrived, sends the missing one, and completes',
    'is off until it is enabled, and can be suspended',
  ]),
  'says that an aborted upload is gone': 'the server answers with an error page of its own',
  ...each('checksums are kept but not sent back, or of one part', [
    'computes crc32, and keeps it',
    'computes crc32c, and keeps it',
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
  'reads with the right key, and neither with another nor without': 'keys of customers are ignored',
  'knows of no retention or hold on an ordinary object': 'the object itself is the answer',
};
