import { describeStorageContract, S3_WIRE } from '@cmx/conformance';
import type { CredentialProvider, AccessKeyCredentials } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { probeS3Endpoint, S3_DIALECTS, S3CompatibleClient, type S3Dialect, type S3DialectName } from '../src/index.ts';
import { deviationsOf, LIVE_DEVIATIONS, PROBE_DIFFERENCES } from './live-deviations.ts';
import { describeResume } from './live-resume.ts';
import { describeTrouble } from './live-trouble.ts';
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
  /** Other keys of the same user, where they cannot be had from an STS. */
  readonly other?: Keys;
  /** Keys of another user, in the same namespace of buckets, who may do nothing but create some. */
  readonly stranger?: Keys;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Copies of more go in parts, so that the contract need not move gigabytes. */
const MAX_SINGLE_COPY_BYTES = 6 * 1024 ** 2;

const servers = JSON.parse(process.env.CMX_LIVE_S3 ?? '[]') as LiveServer[];

for (const { name, endpoint, region = 'us-east-1', accessKeyId, secretAccessKey, dialect, other, stranger } of servers) {
  const own = toCredentials({ accessKeyId, secretAccessKey });
  const known = S3_DIALECTS[dialect];
  const tested: S3Dialect = { ...known, capabilities: { ...known.capabilities, limits: { ...known.capabilities.limits, maxSingleCopyBytes: MAX_SINGLE_COPY_BYTES } } };
  const options = { region, dialect: tested, addressing: 'path' } as const;
  const renewed = async (): Promise<AccessKeyCredentials> => (other ? toCredentials(other) : otherCredentials(endpoint, region, own));
  const renewal = (await renewed()) !== own;
  const deviations = { ...deviationsOf(known), ...LIVE_DEVIATIONS[name] };
  describe(name, () => {
    describeStorageContract({
      name: 's3',
      server: name,
      capabilities: tested.capabilities,
      wire: S3_WIRE,
      renewal,
      ownMemory: true,
      deviations,
      timeoutInMs: 60_000,
      hygieneRounds: 200,
      async open() {
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
                return renewed();
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

    describeResume({ name, dialect: tested, options: { ...options, endpoint }, own, deviations });

    describeTrouble({ name, options: { ...options, endpoint }, own, stranger: stranger && toCredentials(stranger) });

    it('is seen by the probe to do what its dialect says', { timeout: 60_000 }, async () => {
      const { dialect: seen } = await probeS3Endpoint(endpoint, { region, credentials: own });
      const missing = Object.entries(factsOf(known)).flatMap(([fact, claim]) => (holds(claim, factsOf(seen)[fact]) ? [] : [fact]));
      expect(missing.sort()).toEqual(PROBE_DIFFERENCES[name] ?? []);
    });
  });
}

function toCredentials({ accessKeyId, secretAccessKey, sessionToken }: Keys): AccessKeyCredentials {
  return { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
}

/** What a probe can see. */
function factsOf({ capabilities, keys, copyConditions, multipartSourceEtags, uploadPrefixes, listVersion, fullObjectChecksums }: S3Dialect): Readonly<Record<string, unknown>> {
  const { limits: _limits, facts, ...features } = capabilities;
  const { maxSegmentBytes, ...kept } = keys;
  return { ...features, dotSegments: facts.dotSegments, ...kept, longSegments: maxSegmentBytes === undefined, copyConditions, multipartSourceEtags, uploadPrefixes, secondList: listVersion === 2, fullObjectChecksums };
}

/** Whether all that is claimed was seen; more may have been. */
function holds(claim: unknown, seen: unknown): boolean {
  return Array.isArray(claim) ? claim.every((item) => (seen as unknown[]).includes(item)) : claim === false || claim === seen;
}

// Skipped by name, so that a run without servers says what it left out.
it.skipIf(servers.length > 0)('needs CMX_LIVE_S3, a JSON list of servers', ({ skip }) => skip('CMX_LIVE_S3 is not set'));
