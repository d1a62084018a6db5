import { connectionTypes } from '@cmx/cloud';
import { startS3Service, type S3Service } from '@cmx/s3/testing';
import { TestCli, type RunOptions } from './cli.ts';

/** Bytes of the smallest part that S3 and `--part-size` have in common. */
export const PART_IN_BYTES = 5 * 1024 * 1024;

/** An S3 in memory with the bucket `box`, and a command line that knows it as `lab:`. */
export interface S3Lab extends AsyncDisposable {
  readonly cli: TestCli;
  readonly service: S3Service;
  readonly url: string;
  readonly secretAccessKey: string;
}

/** @param dialect - What the command line takes the service for. */
export async function openS3(dialect = 'generic'): Promise<S3Lab> {
  const running = await startS3Service({ buckets: ['box'] });
  const cli = await TestCli.create(connectionTypes().filter(({ type }) => type === 's3'));
  const { accessKeyId, secretAccessKey } = running.clientOptions.credentials;
  await cli.ok('configure', 'lab', '--type', 's3', '--set', `endpoint=${running.url}`, '--set', `accessKeyId=${accessKeyId}`, '--set', `secretAccessKey=${secretAccessKey}`, '--set', `dialect=${dialect}`);
  running.service.exchanges.length = 0;
  return {
    cli,
    service: running.service,
    url: running.url,
    secretAccessKey,
    async [Symbol.asyncDispose]() {
      await cli[Symbol.asyncDispose]();
      await running.close();
    },
  };
}

/** Content that no two parts have in common. */
export function contentOf(sizeInBytes: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(sizeInBytes / 4));
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index + 1, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, sizeInBytes);
}

/** Numbers of the parts that were sent, in order. */
export function partsSent({ exchanges }: S3Service): number[] {
  const numbers = exchanges.filter(({ method, status }) => method === 'PUT' && status === 200).map(({ path }) => Number(/[?&]partNumber=(\d+)/.exec(path)?.[1] ?? 0));
  return numbers.filter((number) => number > 0).sort((a, b) => a - b);
}

/** Standard input that gives so much, waits until all whole parts are on the server, interrupts the command, and never ends. */
export function interruptedAfter(content: Uint8Array, service: S3Service): RunOptions {
  const controller = new AbortController();
  async function* input(): AsyncGenerator<Uint8Array> {
    yield content;
    while (partsSent(service).length < Math.floor(content.length / PART_IN_BYTES)) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(new DOMException('Interrupted', 'AbortError'));
    await new Promise(() => undefined);
  }
  return { stdin: input(), abortSignal: controller.signal };
}
