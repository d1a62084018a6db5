import { randomUUID } from 'node:crypto';
import { InvalidArgumentError } from '@cmx/cloud-core';
import type { ComputeCapabilities, ComputeClient, CreateInstanceInput } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { collect, expectFailure, expectRefusal } from '../suite/assertions.ts';
import type { ContractRun } from '../suite/behaviours.ts';
import { createContractRun } from '../suite/contract-options.ts';
import type { ContractOptions } from '../suite/contract-options.ts';

/** An opened client and what it can be tried on. */
export interface ComputeHarness {
  readonly client: ComputeClient;
  /** A well-formed id that no instance has. */
  readonly unknownId: string;
  /** What to create, apart from the name: the cheapest there is. Required where the client can create. */
  readonly input?: Omit<CreateInstanceInput, 'name'> | undefined;
  /** Milliseconds between two looks at an instance. Default 1,000. */
  readonly pollIntervalInMs?: number | undefined;
  close(): Promise<void>;
}

/** What `describeComputeContract` takes. A real service needs a `timeoutInMs` of minutes. */
export interface ComputeContractOptions extends ContractOptions<ComputeHarness> {
  readonly capabilities: ComputeCapabilities;
}

type ComputeNeed = Exclude<keyof ComputeCapabilities, 'limits'>;
type ComputeRun = ContractRun<ComputeSubject, ComputeNeed>;

/** What one case works with; instances it creates are terminated with it. */
class ComputeSubject implements AsyncDisposable {
  readonly client: ComputeClient;
  readonly unknownId: string;
  readonly name: string;
  readonly #harness: ComputeHarness;
  readonly #created: string[] = [];

  constructor(harness: ComputeHarness, name: string) {
    this.#harness = harness;
    this.client = harness.client;
    this.unknownId = harness.unknownId;
    this.name = name;
  }

  /** What the harness creates, under this case's name. */
  get input(): CreateInstanceInput {
    if (!this.#harness.input) throw new InvalidArgumentError('The client can create instances, but the harness has no input to create one from');
    return { ...this.#harness.input, name: this.name };
  }

  async create(changes: Partial<CreateInstanceInput> = {}) {
    const instance = await this.client.createInstance({ ...this.input, ...changes });
    this.#created.push(instance.id);
    return instance;
  }

  waitFor(id: string, state: 'running' | 'stopped' | 'terminated') {
    return this.client.waitForInstance(id, { state, pollIntervalInMs: this.#harness.pollIntervalInMs ?? 1000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of this.#created) await this.client.terminateInstance(id);
  }
}

/**
 * Registers with vitest what a client of virtual machines must do, as far as its capability table claims it. Instances are
 * named `cmx-test-…` and terminated in the end.
 */
export function describeComputeContract(options: ComputeContractOptions): void {
  const run: ComputeRun = createContractRun(
    'compute',
    options,
    (need) => options.capabilities[need],
    (harness, name) => new ComputeSubject(harness, `cmx-test-${name}`),
  );
  run.register(() => {
    describeReading(run, options);
    describeLifecycle(run);
  });
}

function describeReading(run: ComputeRun, { capabilities }: ComputeContractOptions): void {
  run.behaviour('43 instances in sight', (it) => {
    it('is the table the contract was described with', {}, async ({ client }) => {
      expect(client.capabilities).toEqual(capabilities);
    });
    it('lists instances, each with an id of its own', {}, async ({ client }) => {
      const ids = (await collect(client.listInstances())).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });
    it('says that an instance is missing', {}, async ({ client, unknownId }) => {
      const error = await expectFailure(client.getInstance(unknownId), 'not_found');
      expect(error).toMatchObject({ operation: 'getInstance', retryable: false });
    });
    it('refuses an empty id before any request', {}, async ({ client }) => {
      await expectRefusal(client.getInstance(''));
    });
    it('lists types with their measures', {}, async ({ client }) => {
      for (const type of await collect(client.listInstanceTypes())) {
        expect(type.vcpus).toBeGreaterThan(0);
        expect(type.memoryInMiB).toBeGreaterThan(0);
      }
    });
    it('lists images', { needs: ['images'] }, async ({ client }) => {
      for (const { id, name } of await collect(client.listImages())) expect([typeof id, typeof name]).toEqual(['string', 'string']);
    });
    it('lists zones', { needs: ['zones'] }, async ({ client }) => {
      expect((await collect(client.listZones())).length).toBeGreaterThan(0);
    });
    it('terminates a missing instance without failing', {}, async ({ client, unknownId }) => {
      await client.terminateInstance(unknownId);
    });
  });

  run.behaviour('43 key pairs', (it) => {
    it('makes, lists and deletes one', { needs: ['keyPairs', 'generateKeyPairs'] }, async ({ client, name }) => {
      const created = await client.createKeyPair(name);
      expect(created).toMatchObject({ name });
      expect(created.privateKey).toContain('PRIVATE KEY');
      expect((await collect(client.listKeyPairs())).map((pair) => pair.name)).toContain(name);
      await client.deleteKeyPair(name);
      expect((await collect(client.listKeyPairs())).map((pair) => pair.name)).not.toContain(name);
      await client.deleteKeyPair(name);
    });
  });
}

function describeLifecycle(run: ComputeRun): void {
  run.behaviour('43 life of an instance', (it) => {
    it('creates one, finds it, and terminates it twice', { needs: ['createInstance'] }, async (subject) => {
      const { id } = await subject.create();
      expect(await subject.waitFor(id, 'running')).toMatchObject({ id, name: subject.name, state: 'running' });
      expect((await collect(subject.client.listInstances())).map((instance) => instance.id)).toContain(id);
      await subject.client.terminateInstance(id);
      await subject.client.terminateInstance(id);
    });
    it('stops and starts one', { needs: ['createInstance', 'startStop'] }, async (subject) => {
      const { id } = await subject.create();
      await subject.waitFor(id, 'running');
      await subject.client.stopInstance(id);
      expect((await subject.waitFor(id, 'stopped')).state).toBe('stopped');
      await subject.client.startInstance(id);
      expect((await subject.waitFor(id, 'running')).state).toBe('running');
    });
    it('reboots one', { needs: ['createInstance', 'reboot'] }, async (subject) => {
      const { id } = await subject.create();
      await subject.waitFor(id, 'running');
      await subject.client.rebootInstance(id);
      expect((await subject.waitFor(id, 'running')).id).toBe(id);
    });
    it('keeps tags', { needs: ['createInstance', 'tags'] }, async (subject) => {
      const { id } = await subject.create({ tags: { team: 'blue' } });
      expect((await subject.client.getInstance(id)).tags).toMatchObject({ team: 'blue' });
    });
    it('gives the first instance again for the same token', { needs: ['createInstance', 'idempotentCreate'] }, async (subject) => {
      const clientToken = randomUUID();
      const first = await subject.create({ clientToken });
      expect((await subject.create({ clientToken })).id).toBe(first.id);
    });
    it('gives up waiting when its time is over', { needs: ['createInstance'] }, async (subject) => {
      const { id } = await subject.create();
      await subject.waitFor(id, 'running');
      await expectFailure(subject.client.waitForInstance(id, { state: 'stopped', timeoutInMs: 50, pollIntervalInMs: 10 }), 'timeout');
    });
  });

  run.behaviour('43 actions on a missing instance', (it) => {
    it('says that it cannot be started or stopped', { needs: ['startStop'] }, async ({ client, unknownId }) => {
      await expectFailure(client.startInstance(unknownId), 'not_found');
      await expectFailure(client.stopInstance(unknownId), 'not_found');
    });
    it('says that it has no console', { needs: ['consoleOutput'] }, async ({ client, unknownId }) => {
      await expectFailure(client.getConsoleOutput(unknownId), 'not_found');
    });
  });
}
