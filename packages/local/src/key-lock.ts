const queues = new Map<string, Promise<unknown>>();

/**
 * Runs the work for one name after all work for that name that was asked for before, over all clients in the process.
 * Work on other names goes on meanwhile.
 */
export async function withLock<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const before = queues.get(name);
  const turn = before === undefined ? run(work) : before.then(() => run(work));
  const settled = turn.then(ignore, ignore);
  queues.set(name, settled);
  try {
    return await turn;
  } finally {
    if (queues.get(name) === settled) queues.delete(name);
  }
}

async function run<T>(work: () => T | Promise<T>): Promise<T> {
  return work();
}

function ignore(): void {
  // the one who asked hears of the failure; the next in the queue only waits for the end
}
