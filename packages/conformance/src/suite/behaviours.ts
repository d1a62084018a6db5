import { afterAll, beforeAll, describe, it } from 'vitest';
import type { CaseMeta } from '../report/observations.ts';

/** What every contract run is told, whatever its interface. */
export interface ContractRunOptions<Subject, Need extends string> {
  readonly contract: string;
  readonly client: string;
  readonly server: string;
  /** Whether the client claims a capability, or the harness provides what a case needs. */
  readonly supports: (need: Need) => boolean;
  /** Known failures, by the sentence of the case, each with its reason: best a link to the upstream report. */
  readonly deviations: Readonly<Record<string, string>>;
  /** Milliseconds one case may take. */
  readonly timeoutInMs: number;
  /** Opens the client once, before the first case. */
  readonly open: () => Promise<void>;
  /** Closes it after the last. */
  readonly close: () => Promise<void>;
  /** Makes what a single case works with, disposed of when it has ended. */
  readonly subject: () => Subject;
}

export interface CaseOptions<Need extends string> {
  /** What the client must claim for the case to run. A case that passes has exercised them. */
  readonly needs?: readonly Need[];
  /** Repeats something so often that it may take six times as long as other cases. */
  readonly slow?: boolean;
}

/** Adds one case to a behaviour: a sentence about what the user sees. */
export type DefineCase<Subject, Need extends string> = (sentence: string, options: CaseOptions<Need>, run: (subject: Subject) => Promise<unknown>) => void;

interface Case<Subject, Need extends string> {
  readonly sentence: string;
  readonly needs: readonly Need[];
  readonly slow: boolean;
  readonly run: (subject: Subject) => Promise<unknown>;
}

/**
 * One run of a contract: it registers with vitest the cases that apply, and knows afterwards which capabilities were exercised
 * and which behaviours did not apply.
 */
export class ContractRun<Subject extends AsyncDisposable, Need extends string> {
  readonly #options: ContractRunOptions<Subject, Need>;
  readonly #exercised = new Set<Need>();
  readonly #exercisable = new Set<Need>();
  readonly #unsupported: { behaviour: string; without: Need[] }[] = [];
  #registered = 0;
  #started = 0;

  constructor(options: ContractRunOptions<Subject, Need>) {
    this.#options = options;
  }

  /** Needs of the cases that have passed. */
  get exercised(): ReadonlySet<Need> {
    return this.#exercised;
  }

  /** Needs of the cases that apply. */
  get exercisable(): ReadonlySet<Need> {
    return this.#exercisable;
  }

  /** Whether every case has at least begun: none was filtered out, and none is still to come. */
  get complete(): boolean {
    return this.#started >= this.#registered;
  }

  /** Opens and closes the client around the cases. */
  register(defineBehaviours: () => void): void {
    const { contract, client, server, open, close } = this.#options;
    describe(`${contract} contract: ${client} on ${server}`, () => {
      beforeAll(open);
      afterAll(close);
      defineBehaviours();
    });
  }

  /** Adds a behaviour. Cases whose needs are not met are left out; a behaviour without any case is recorded as unsupported. */
  behaviour(name: string, define: (addCase: DefineCase<Subject, Need>) => void): void {
    const cases: Case<Subject, Need>[] = [];
    define((sentence, { needs = [], slow = false }, run) => cases.push({ sentence, needs, slow, run }));
    const missing = (needs: readonly Need[]) => needs.filter((need) => !this.#options.supports(need));
    const without = [...new Set(cases.flatMap(({ needs }) => missing(needs)))];
    const applicable = cases.filter(({ needs }) => missing(needs).length === 0);
    if (applicable.length === 0) {
      this.#unsupported.push({ behaviour: name, without });
      return;
    }
    describe(name, () => {
      for (const each of applicable) this.#addCase(name, each, without);
    });
  }

  #addCase(behaviour: string, { sentence, needs, slow, run }: Case<Subject, Need>, without: readonly Need[]): void {
    const { contract, client, server, deviations, timeoutInMs, subject } = this.#options;
    const deviation = deviations[sentence];
    this.#registered += 1;
    for (const need of needs) this.#exercisable.add(need);
    const add = deviation === undefined ? it : it.fails;
    add(sentence, { timeout: slow ? 6 * timeoutInMs : timeoutInMs }, async ({ task }) => {
      const meta: CaseMeta = { contract, behaviour, client, server, deviation, without, unsupported: this.#unsupported };
      Object.assign(task.meta, { cmx: meta });
      this.#started += 1;
      await using opened = subject();
      await run(opened);
      for (const need of needs) this.#exercised.add(need);
    });
  }
}
