/** Sentences of the contract that a server is known to fail, and why. Such a case must fail, and is reported as failed. */
export type Deviations = Readonly<Record<string, string>>;

export function each(reason: string, sentences: readonly string[]): Deviations {
  return Object.fromEntries(sentences.map((sentence) => [sentence, reason]));
}

/** What moto, an emulator of AWS, does otherwise with objects, whoever asks. */
export const MOTO_OBJECTS: Deviations = {
  ...each('keys are matched by a regular expression that ends at a line break', ['keeps or refuses a key with a line break', 'keeps or refuses a key with control characters 1 to 16']),
  ...each('conditions of a completion are ignored', ['creates only, when asked', 'refuses a newer state by an upload in parts too']),
  'leaves no upload behind when its beginning was not answered': 'every upload is said to have begun in 2010',
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
  ]),
  'has shown every capability it claims': "the cases of forms, retention and customers' keys fail",
  ...each('delete markers and suspended versions are listed in another order or lost', ['hides a deleted object behind a marker, and brings it back without', 'keeps the versions made so far when it is suspended']),
  'replaces them all, and removes them': 'an empty set of tags is an error page of its own',
  'reads with the right key, and neither with another nor without': "customers' keys are ignored",
};
