/** Resolves once the condition holds; the test's own timeout is the only limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5);
}

export async function pause(timeInMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, timeInMs));
}

/** What a promise that must fail fails with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => error,
  );
}
