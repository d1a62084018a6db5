import { InvalidArgumentError } from '@cmx/cloud-core';
import type { CloudFunction, CreateFunctionInput, ServerlessCapabilities, ServerlessClient } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { collect, expectFailure, expectRefusal } from '../suite/assertions.ts';
import type { ContractRun } from '../suite/behaviours.ts';
import { createContractRun } from '../suite/contract-options.ts';
import type { ContractOptions } from '../suite/contract-options.ts';

/** An opened client and what it can be tried on. */
export interface ServerlessHarness {
  readonly client: ServerlessClient;
  /**
   * A function to create, apart from its name: it answers with the bytes it was given, and throws an error of its own for the
   * payload `"fail"`. Required where the client can create.
   */
  readonly input?: Omit<CreateFunctionInput, 'name'> | undefined;
  close(): Promise<void>;
}

/** What `describeServerlessContract` takes. A real service needs a `timeoutInMs` of minutes. */
export interface ServerlessContractOptions extends ContractOptions<ServerlessHarness> {
  readonly capabilities: ServerlessCapabilities;
}

type ServerlessNeed = Exclude<keyof ServerlessCapabilities, 'limits'>;
type ServerlessRun = ContractRun<ServerlessSubject, ServerlessNeed>;

/** What one case works with; functions it creates are deleted with it. */
class ServerlessSubject implements AsyncDisposable {
  readonly client: ServerlessClient;
  readonly name: string;
  readonly #input: ServerlessHarness['input'];

  constructor({ client, input }: ServerlessHarness, name: string) {
    this.client = client;
    this.name = name;
    this.#input = input;
  }

  /** Creates the harness's function under this case's name, and waits until it can be invoked. */
  async create(): Promise<CloudFunction> {
    if (!this.#input) throw new InvalidArgumentError('The client can create functions, but the harness has no input to create one from');
    const accepted = await this.client.createFunction({ ...this.#input, name: this.name });
    return accepted.applied();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.deleteFunction(this.name);
  }
}

/**
 * Registers with vitest what a client of functions must do, as far as its capability table claims it. Functions are named
 * `cmx-test-…` and deleted in the end.
 */
export function describeServerlessContract(options: ServerlessContractOptions): void {
  const run: ServerlessRun = createContractRun(
    'serverless',
    options,
    (need) => options.capabilities[need],
    (harness, name) => new ServerlessSubject(harness, `cmx-test-${name}`),
  );
  run.register(() => {
    describeReading(run, options);
    describeLifecycle(run);
  });
}

function describeReading(run: ServerlessRun, { capabilities }: ServerlessContractOptions): void {
  run.behaviour('44 functions in sight', (it) => {
    it('is the table the contract was described with', {}, async ({ client }) => {
      expect(client.capabilities).toEqual(capabilities);
    });
    it('lists functions, each with a name of its own', {}, async ({ client }) => {
      const names = (await collect(client.listFunctions())).map((each) => each.name);
      expect(new Set(names).size).toBe(names.length);
    });
    it('says that a function is missing', {}, async ({ client, name }) => {
      const error = await expectFailure(client.getFunction(name), 'not_found');
      expect(error).toMatchObject({ operation: 'getFunction', retryable: false });
      await expectFailure(client.invokeFunction(name, '{}'), 'not_found');
    });
    it('refuses an empty name before any request', {}, async ({ client }) => {
      await expectRefusal(client.getFunction(''));
    });
    it('deletes a missing function without failing', {}, async ({ client, name }) => {
      await client.deleteFunction(name);
    });
  });
}

function describeLifecycle(run: ServerlessRun): void {
  run.behaviour('44 life of a function', (it) => {
    it('creates one, finds it, and deletes it', { needs: ['createFunction'] }, async (subject) => {
      await subject.create();
      expect(await subject.client.getFunction(subject.name)).toMatchObject({ name: subject.name, state: 'active' });
      expect((await collect(subject.client.listFunctions())).map((each) => each.name)).toContain(subject.name);
      await subject.client.deleteFunction(subject.name);
      await expectFailure(subject.client.getFunction(subject.name), 'not_found');
    });
    it('creates no second one of that name', { needs: ['createFunction'] }, async (subject) => {
      await subject.create();
      await expectFailure(subject.create(), 'already_exists');
    });
    it('gives the function’s answer', { needs: ['createFunction'] }, async (subject) => {
      await subject.create();
      const { payload, functionError } = await subject.client.invokeFunction(subject.name, '{"hello":"world"}');
      expect(functionError).toBeUndefined();
      expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ hello: 'world' });
    });
    it('tells the function’s own error from one of the call', { needs: ['createFunction'] }, async (subject) => {
      await subject.create();
      expect((await subject.client.invokeFunction(subject.name, '"fail"')).functionError).toBeDefined();
    });
    it('hands over a payload without waiting', { needs: ['createFunction', 'asyncInvoke'] }, async (subject) => {
      await subject.create();
      expect((await subject.client.invokeFunction(subject.name, '{}', { mode: 'async' })).payload).toHaveLength(0);
    });
    it('publishes versions', { needs: ['createFunction', 'versions'] }, async (subject) => {
      await subject.create();
      const { version } = await subject.client.publishFunctionVersion(subject.name);
      expect((await collect(subject.client.listFunctionVersions(subject.name))).map((each) => each.version)).toContain(version);
    });
    it('refuses a payload above the limit before any request', { needs: ['createFunction'] }, async (subject) => {
      await subject.create();
      const { maxPayloadBytes } = subject.client.capabilities.limits;
      await expectRefusal(subject.client.invokeFunction(subject.name, new Uint8Array(maxPayloadBytes + 1)));
    });
  });
}
