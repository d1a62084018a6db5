import type { S3Client as SdkClient, S3ClientConfig } from '@aws-sdk/client-s3';
import type { SdkIdentityProvider } from '../aws-credentials.ts';
import type { Sdk } from './control-plane.ts';
import type { S3ClientOptions } from './s3-client-options.ts';

/** What the control plane's client is made of: the data plane's own settings, so that both mean the same service. */
export interface SdkClientOptions extends Pick<S3ClientOptions, 'endpoint' | 'addressing' | 'timeouts'> {
  readonly region: string;
  readonly identity: SdkIdentityProvider | 'anonymous';
}

/** Makes an SDK client that makes one attempt a call: core's loop is the only one that repeats. */
export function openSdkClient(sdk: Sdk, { region, endpoint, addressing, timeouts, identity }: SdkClientOptions): SdkClient {
  const url = endpoint?.replaceAll('{region}', region);
  const { connectInMs = 10_000, firstByteInMs = 60_000, idleInMs = 30_000 } = timeouts ?? {};
  const config: S3ClientConfig = {
    region,
    maxAttempts: 1,
    followRegionRedirects: true,
    // The environment's endpoint is `fromEnv`'s to read: otherwise the two planes could speak to different services.
    ignoreConfiguredEndpointUrls: true,
    forcePathStyle: addressing === 'path' || (url !== undefined && addressing === undefined && !isNamedHost(url)),
    // The SDK's idle timer also runs while the first byte is waited for.
    requestHandler: { connectionTimeout: connectInMs, requestTimeout: firstByteInMs, throwOnRequestTimeout: true, socketTimeout: Math.max(firstByteInMs, idleInMs) },
    ...(url !== undefined && { endpoint: url }),
    ...(identity === 'anonymous' ? UNSIGNED : { credentials: identity }),
  };
  return new sdk.S3Client(config);
}

/** Requests without a signature, for public buckets. */
const UNSIGNED: S3ClientConfig = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
};

/** Where an SDK client sends its requests, for a data plane that sends them there too. */
export async function readSdkClient({ config }: SdkClient): Promise<{ region: string; endpoint: string | undefined; addressing: 'path' | undefined }> {
  const [region, custom, isFips, isDualStack] = await Promise.all([config.region(), config.endpoint?.(), config.useFipsEndpoint(), config.useDualstackEndpoint()]);
  const customUrl = custom && `${custom.protocol}//${custom.hostname}${custom.port === undefined ? '' : `:${String(custom.port)}`}${custom.path}`;
  const variant = isFips || isDualStack ? `https://s3${isFips ? '-fips' : ''}${isDualStack ? '.dualstack' : ''}.{region}.amazonaws.com` : undefined;
  return { region, endpoint: customUrl ?? variant, addressing: config.forcePathStyle ? 'path' : undefined };
}

/** Whether labels can be put before the host. */
function isNamedHost(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname.includes('.') && !/^[\d.]+$/.test(hostname) && !hostname.startsWith('[');
}
