import { each, MOTO_OBJECTS, type Deviations } from '../../../tools/live-deviations.ts';

/** An emulator of AWS: what it does otherwise in administration. */
const MOTO_ADMINISTRATION: Deviations = {
  'keeps every field of a life-cycle rule': 'size conditions and how many versions are kept are forgotten',
  'keeps who is told of events': 'EventBridge is forgotten, and destinations must exist',
  ...each('the answer to the question for a retention is the object itself', ['locks objects until a day', 'knows of no lock where there is none', 'knows of no retention or hold on an ordinary object']),
};

/** By the server's name in `CMX_LIVE_S3`. */
export const LIVE_DEVIATIONS: Readonly<Record<string, Deviations>> = { moto: { ...MOTO_ADMINISTRATION, ...MOTO_OBJECTS } };
