/** Every field of the API whose value is a moment; days (`2026-11-23`) stay text. */
const TIME_FIELDS: ReadonlySet<string> = new Set([
  'createdAt',
  'updatedAt',
  'publishedAt',
  'expiresAt',
  'lastReleasedAt',
  'lastVerifiedTimestamp',
  'registeredAt',
  'roleChangedAt',
  'submissionTimestamp',
]);

/**
 * Makes a model of an answer: the models have the service's own fields, only that moments are `Date`s. The cells of a row are left
 * alone, for a column may have any name.
 */
export function toModel<T>(answer: unknown): T {
  reviveTimes(answer);
  return answer as T;
}

function reviveTimes(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const members = value as Record<string, unknown>;
  for (const key in members) {
    const member = members[key];
    if (typeof member === 'string') {
      if (TIME_FIELDS.has(key)) members[key] = new Date(member);
    } else if (key !== 'values') {
      reviveTimes(member);
    }
  }
}
