/** Whether a client was seen to behave: `unsupported` when its capability table says that the behaviour is not for it. */
export type ObservationResult = 'pass' | 'fail' | 'unsupported';

/** One observed behaviour of one client against one server. */
export interface Observation {
  /** The contract: `storage`, `compute`, `serverless`. */
  readonly contract: string;
  /** The behaviour's number and name: `8 create-only put`. */
  readonly behaviour: string;
  readonly client: string;
  readonly server: string;
  readonly result: ObservationResult;
  /** How many cases ran, the first failure, or what is not supported. */
  readonly evidence?: string | undefined;
}

/** What a case leaves in vitest's task metadata for the reporter. */
export interface CaseMeta {
  readonly contract: string;
  readonly behaviour: string;
  readonly client: string;
  readonly server: string;
  /** Why the case is expected to fail; then a failure is what vitest calls a pass. */
  readonly deviation?: string | undefined;
  /** Capabilities without which cases of this behaviour were left out. */
  readonly without: readonly string[];
  /** On the last case of a contract: the behaviours of which no case applied. */
  readonly unsupported?: readonly { readonly behaviour: string; readonly without: readonly string[] }[] | undefined;
}

/** A finished case. */
export interface CaseOutcome {
  readonly sentence: string;
  readonly passed: boolean;
  readonly meta: CaseMeta;
  /** The message of the first error. */
  readonly error?: string | undefined;
}

/** Gathers finished cases into one observation per behaviour. */
export class ObservationCollector {
  readonly #behaviours = new Map<string, CaseOutcome[]>();
  readonly #unsupported = new Map<string, Observation>();

  add(outcome: CaseOutcome): void {
    const { meta } = outcome;
    const key = observationKey(meta);
    this.#behaviours.set(key, [...(this.#behaviours.get(key) ?? []), outcome]);
    for (const { behaviour, without } of meta.unsupported ?? []) {
      const observation = { ...identity(meta), behaviour, result: 'unsupported', evidence: `needs ${without.join(', ')}` } as const;
      this.#unsupported.set(observationKey(observation), observation);
    }
  }

  /** The observations so far, sorted. */
  observations(): Observation[] {
    return sortObservations([...[...this.#behaviours.values()].map(toObservation), ...this.#unsupported.values()]);
  }
}

/** Newer observations replace older ones of the same contract, behaviour, client and server. */
export function mergeObservations(older: readonly Observation[], newer: readonly Observation[]): Observation[] {
  return sortObservations([...new Map([...older, ...newer].map((observation) => [observationKey(observation), observation])).values()]);
}

function toObservation(cases: readonly CaseOutcome[]): Observation {
  const [first] = cases;
  if (!first) throw new RangeError('A behaviour without a case was collected.');
  // A known deviation passes in vitest's eyes by failing, and the other way round once it is mended.
  const bad = cases.filter(({ passed, meta }) => passed === (meta.deviation !== undefined));
  const without = [...new Set(cases.flatMap(({ meta }) => meta.without))];
  const count = `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`;
  const limits = without.length > 0 ? `; without ${without.join(', ')}` : '';
  const failures = bad.map(({ sentence, meta, error }) => `${sentence}: ${meta.deviation ?? error ?? 'failed'}`).join('; ');
  const evidence = bad.length > 0 ? `${bad.length} of ${count} failed: ${failures}` : `${count}${limits}`;
  return { ...identity(first.meta), result: bad.length > 0 ? 'fail' : 'pass', evidence };
}

function identity({ contract, behaviour, client, server }: CaseMeta): Pick<Observation, 'contract' | 'behaviour' | 'client' | 'server'> {
  return { contract, behaviour, client, server };
}

function observationKey({ contract, behaviour, client, server }: Pick<Observation, 'contract' | 'behaviour' | 'client' | 'server'>): string {
  return JSON.stringify([contract, behaviour, client, server]);
}

function sortObservations(observations: readonly Observation[]): Observation[] {
  const fields = ['contract', 'client', 'server', 'behaviour'] as const;
  const collator = new Intl.Collator('en', { numeric: true });
  return observations.toSorted((left, right) => {
    const field = fields.find((name) => left[name] !== right[name]);
    return field === undefined ? 0 : collator.compare(left[field], right[field]);
  });
}
