/** What moto 5 does otherwise in administration than AWS documents. */
export const MOTO_GAPS: Readonly<Record<string, string>> = {
  'keeps every field of a life-cycle rule': 'size conditions and how many versions are kept are forgotten',
  'keeps who is told of events': 'EventBridge is forgotten, and destinations must exist',
  'locks objects until a day': 'a retention is put, and the object itself is the answer to the question for it',
  'knows of no lock where there is none': 'the object itself is the answer',
};
