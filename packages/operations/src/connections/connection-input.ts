import { z } from 'zod';

/** The connection of operations that belong to one kind of it. */
export function connectionOf(type: string) {
  return z.string().min(2).optional().describe(`Connection of type ${type}. Default: the default connection if it is one, else the only one there is`);
}
