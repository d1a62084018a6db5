import type { $Command, S3Client as SdkClient, S3ClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-s3';
import { CloudError, OperationRunner, StorageArguments, type Call, type CallOptions, type OperationRunnerOptions } from '@cmx/cloud-core';
import { loadSdk } from '../load-sdk.ts';
import type { S3Capabilities } from './s3-capabilities.ts';
import { toS3Error } from './s3-errors.ts';

/** The SDK's module. */
export type Sdk = typeof import('@aws-sdk/client-s3');

type Command<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<Input, Output, S3ClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>;

export interface ControlPlaneOptions extends Omit<OperationRunnerOptions, 'provider' | 'service' | 'toCloudError'> {
  readonly capabilities: S3Capabilities;
  /** Makes the SDK client when it is first needed. */
  readonly open: (sdk: Sdk) => SdkClient;
  /** Whose client it is: another's is not closed, and does its own retries. */
  readonly isOwn: boolean;
}

/** Sends commands of the AWS SDK: loads it when the first one is sent, and passes each through core's retry loop. */
export class ControlPlane {
  /** Checks arguments before any request. */
  readonly check: StorageArguments;
  readonly #runner: OperationRunner;
  readonly #open: (sdk: Sdk) => SdkClient;
  readonly #isOwn: boolean;
  #opened: Promise<{ readonly sdk: Sdk; readonly client: SdkClient }> | undefined;

  constructor({ capabilities, open, isOwn, retry, ...options }: ControlPlaneOptions) {
    this.check = new StorageArguments({ provider: 'aws', service: 's3', capabilities });
    this.#runner = new OperationRunner({ ...options, retry: isOwn ? retry : { ...retry, maxAttempts: 1 }, provider: 'aws', service: 's3', toCloudError: toS3Error });
    this.#open = open;
    this.#isOwn = isOwn;
  }

  /** The SDK client. @throws {MissingDependencyError} The SDK is not installed. */
  async native(): Promise<SdkClient> {
    return (await this.#load()).client;
  }

  /** Sends one command, as often as the retry policy has it. */
  async send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(call: Call, options: CallOptions, command: (sdk: Sdk) => Command<Input, Output>): Promise<Output> {
    return this.#runner.run(call, options, async ({ abortSignal }) => {
      const { sdk, client } = await this.#load();
      const attempt = async (): Promise<Output> => client.send(command(sdk), { abortSignal });
      try {
        return await attempt();
      } catch (error) {
        if (!CloudError.is(toS3Error(error), 'unauthenticated')) throw error;
        if (!hasLearnedTime(error) && !(await renewCredentials(client))) throw error;
        return attempt();
      }
    });
  }

  /** Runs a call of several requests within one deadline. Each of them repeats by itself. */
  within<T>(call: Call, options: CallOptions, work: (options: CallOptions) => Promise<T>): Promise<T> {
    return this.#runner.run({ ...call, retry: 'never' }, options, ({ abortSignal }) => work({ abortSignal }));
  }

  async close(): Promise<void> {
    this.#runner.close();
    if (this.#isOwn) await this.#opened?.then(({ client }) => client.destroy(), () => undefined);
  }

  #load(): Promise<{ readonly sdk: Sdk; readonly client: SdkClient }> {
    this.#opened ??= loadSdk('@aws-sdk/client-s3', () => import('@aws-sdk/client-s3')).then((sdk) => ({ sdk, client: this.#open(sdk) }));
    return this.#opened;
  }
}

/** Whether the SDK's clock was off, and it has learned the service's time from the answer. */
function hasLearnedTime(error: unknown): boolean {
  return (error as { $metadata?: { clockSkewCorrected?: boolean } }).$metadata?.clockSkewCorrected === true;
}

/** Has the SDK ask for credentials again. Resolves `false` when that gave nothing else than before, so a repetition would fail alike. */
async function renewCredentials({ config }: SdkClient): Promise<boolean> {
  const before = await config.credentials();
  const after = await config.credentials({ forceRefresh: true });
  return before.accessKeyId !== after.accessKeyId || before.sessionToken !== after.sessionToken;
}
