import { describeStorageContract, S3_WIRE } from '@cmx/conformance';
import type { CredentialProvider, AccessKeyCredentials } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { probeS3Endpoint, S3_DIALECTS, S3CompatibleClient, type S3DialectName } from '../src/index.ts';
import { LIVE_DEVIATIONS, PROBE_DIFFERENCES } from './live-deviations.ts';
import { otherCredentials } from './sts.ts';
import './support.ts';

/** One server to run the contract on. */
interface LiveServer {
  readonly name: string;
  readonly endpoint: string;
  readonly region?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly dialect: S3DialectName;
}

const servers = JSON.parse(process.env.CMX_LIVE_S3 ?? '[]') as LiveServer[];

for (const { name, endpoint, region, accessKeyId, secretAccessKey, dialect } of servers) {
  const own: AccessKeyCredentials = { kind: 'access_key', accessKeyId, secretAccessKey };
  describe(name, () => {
    describeStorageContract({
      name: 's3',
      server: name,
      capabilities: S3_DIALECTS[dialect].capabilities,
      wire: S3_WIRE,
      deviations: LIVE_DEVIATIONS[name] ?? {},
      timeoutInMs: 60_000,
      hygieneRounds: 200,
      async open() {
        const options = { region, dialect, addressing: 'path' } as const;
        const client = new S3CompatibleClient({ ...options, endpoint, credentials: own });
        const bucket = `cmx-test-${crypto.randomUUID()}`;
        await client.createBucket(bucket);
        return {
          client,
          bucket,
          http: {
            target: endpoint,
            async open(proxy, { onRenewal, ...wire }) {
              let asked = 0;
              const credentials: CredentialProvider<AccessKeyCredentials> = async () => {
                if (asked++ === 0) return own;
                onRenewal?.();
                return otherCredentials(endpoint, region ?? 'us-east-1', own);
              };
              return new S3CompatibleClient({ ...options, ...wire, endpoint: proxy, credentials });
            },
          },
          async close() {
            await client.deleteBucket(bucket, { force: true });
            await client.close();
          },
        };
      },
    });

    it('is seen by the probe to do what its dialect says', { timeout: 60_000 }, async () => {
      const { dialect: seen } = await probeS3Endpoint(endpoint, { region, credentials: own });
      const { limits: _limits, facts: _facts, ...claimed } = S3_DIALECTS[dialect].capabilities;
      const missing = Object.entries(claimed).flatMap(([name, claim]) => (holds(claim, seen.capabilities[name as keyof typeof claimed]) ? [] : [name]));
      expect(missing.sort()).toEqual(PROBE_DIFFERENCES[name] ?? []);
    });
  });
}

/** Whether all that is claimed was seen; more may have been. */
function holds(claim: unknown, seen: unknown): boolean {
  return Array.isArray(claim) ? claim.every((item) => (seen as unknown[]).includes(item)) : claim === false || claim === seen;
}

// Skipped by name, so that a run without servers says what it left out.
it.skipIf(servers.length > 0)('needs CMX_LIVE_S3, a JSON list of servers', ({ skip }) => skip('CMX_LIVE_S3 is not set'));
