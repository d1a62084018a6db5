import { randomUUID } from 'node:crypto';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { ContractRun } from './behaviours.ts';

/** What every contract is described with. */
export interface ContractOptions<Harness> {
  /** The client's name in the conformance table: `s3`. */
  readonly name: string;
  /** What it talks to: `minio 2026-01`. Default `in process`. */
  readonly server?: string | undefined;
  /** Opens the client, once for all cases; a few open it anew. */
  readonly open: () => Promise<Harness>;
  /** Known failures: the sentence of a case → why, best a link. Such a case must fail, and is reported as failed. */
  readonly deviations?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds one case may take. Default 20,000. */
  readonly timeoutInMs?: number | undefined;
}

/** Runs a contract on one harness: opens it, names the cases' resources `<random>-<number>`, and closes it. */
export function createContractRun<Harness extends { close(): Promise<void> }, Subject extends AsyncDisposable, Need extends string>(
  contract: string,
  options: ContractOptions<Harness>,
  supports: (need: Need) => boolean,
  createSubject: (harness: Harness, name: string) => Subject,
): ContractRun<Subject, Need> {
  const name = randomUUID().slice(0, 8);
  let harness: Harness | undefined;
  let cases = 0;
  return new ContractRun({
    contract,
    client: options.name,
    server: options.server ?? 'in process',
    supports,
    deviations: options.deviations ?? {},
    timeoutInMs: options.timeoutInMs ?? 20_000,
    open: async () => {
      harness = await options.open();
    },
    close: async () => harness?.close(),
    subject: () => {
      if (!harness) throw new InvalidArgumentError('The harness did not open');
      cases += 1;
      return createSubject(harness, `${name}-${cases}`);
    },
  });
}
