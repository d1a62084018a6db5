import { createPrng } from '../prng.ts';
import type { Prng } from '../prng.ts';
import { planFault } from './fault-plan.ts';
import type { FaultMemory, FaultPlan, FaultedRequest } from './fault-plan.ts';
import type { FaultKind, FaultRule } from './faults.ts';

interface ActiveRule {
  readonly rule: FaultRule;
  readonly prng: Prng;
  readonly memory: FaultMemory;
  matched: number;
  befallen: number;
}

/** A request to choose a fault for. */
export interface RuledRequest extends FaultedRequest {
  readonly method: string;
  readonly path: string;
}

/** The fault chosen for a request. */
export interface ChosenFault {
  readonly kind: FaultKind;
  readonly plan: FaultPlan;
}

/** The rules in force. Every rule counts every request it matches, so that one rule's numbering never depends on another. */
export class FaultRules {
  readonly #seed: number;
  readonly #active: ActiveRule[] = [];
  #added = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  get rules(): readonly FaultRule[] {
    return this.#active.map(({ rule }) => rule);
  }

  /** Adds a rule behind the others. Its chances depend on the seed and on how many rules came before it alone. */
  use(rule: FaultRule): void {
    const prng = createPrng(this.#seed + 0x9e37 * this.#added);
    this.#added += 1;
    this.#active.push({ rule, prng, memory: { goodRequests: 0 }, matched: 0, befallen: 0 });
  }

  /** Removes all rules and starts the seed's sequence again. */
  clear(): void {
    this.#active.length = 0;
    this.#added = 0;
  }

  /** The first rule that befalls this request, if any. */
  choose(request: RuledRequest): ChosenFault | undefined {
    const befalling = this.#active.filter((active) => matches(active.rule, request) && drawn(active));
    for (const active of befalling) {
      const plan = planFault(active.rule.fault, request, active.memory);
      if (!plan) continue;
      active.befallen += 1;
      return { kind: active.rule.fault.kind, plan };
    }
    return undefined;
  }
}

function matches({ method, path }: FaultRule, request: RuledRequest): boolean {
  const methods = [method ?? request.method].flat();
  return methods.some((name) => name.toUpperCase() === request.method) && (path === undefined || request.path.search(path) >= 0);
}

function drawn(active: ActiveRule): boolean {
  const { nth = 1, times = Infinity, probability = 1 } = active.rule;
  active.matched += 1;
  const chance = active.prng.next();
  return active.matched >= nth && active.befallen < times && chance < probability;
}
