import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { describeStorageContract, S3_WIRE, type StorageContractOptions } from '@cmx/conformance';
import { S3_CAPABILITIES, S3Client } from '../src/index.ts';

/** A server to run the contract on. */
export interface ContractServer {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AccessKeyCredentials;
  /** Other credentials of the same user, for the case in which the first are refused in mid-run. */
  renew(count: number): AccessKeyCredentials;
  close(): Promise<void>;
}

/** The storage contract, in a bucket of its own for each client. */
export function describeContract(name: string, open: () => Promise<ContractServer>, more: Partial<StorageContractOptions> = {}): void {
  describeStorageContract({
    name: 'aws',
    server: name,
    capabilities: S3_CAPABILITIES,
    wire: S3_WIRE,
    hygieneRounds: 200,
    ...more,
    async nativeRead(client, bucket, key) {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const { Body } = await (await (client as unknown as S3Client).native()).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body?.transformToString() ?? '';
    },
    async open() {
      const server = await open();
      const options = { region: server.region, addressing: 'path' } as const;
      const client = new S3Client({ ...options, endpoint: server.endpoint, credentials: server.credentials });
      const bucket = `cmx-test-${crypto.randomUUID()}`;
      await client.createBucket(bucket);
      return {
        client,
        bucket,
        http: {
          target: server.endpoint,
          async open(proxy, { onRenewal, ...wire }) {
            let asked = 0;
            const credentials = async (): Promise<AccessKeyCredentials> => {
              if (asked++ === 0) return server.credentials;
              onRenewal?.();
              return server.renew(asked);
            };
            return new S3Client({ ...options, ...wire, endpoint: proxy, credentials });
          },
        },
        async close() {
          await client.deleteBucket(bucket, { force: true });
          await client.close();
          await server.close();
        },
      };
    },
  });
}
