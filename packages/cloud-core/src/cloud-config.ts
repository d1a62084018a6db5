import type { CloudProvider } from './models/provider.ts';

/** Settings by provider and name. Only what was set is there. */
export type CloudSettings = Readonly<Partial<Record<CloudProvider, Readonly<Record<string, string>>>>>;

/**
 * The variables `CloudConfig.fromEnv` reads, and no others: by provider and setting, the first one set wins. They are the ones the
 * vendors' own tools use, where there are such tools.
 */
export const ENVIRONMENT_VARIABLES: Readonly<Record<CloudProvider, Readonly<Record<string, readonly string[]>>>> = {
  aws: {
    accessKeyId: ['AWS_ACCESS_KEY_ID'],
    secretAccessKey: ['AWS_SECRET_ACCESS_KEY'],
    sessionToken: ['AWS_SESSION_TOKEN'],
    region: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    profile: ['AWS_PROFILE'],
    endpoint: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'],
  },
  gcp: {
    projectId: ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT'],
    credentialsFile: ['GOOGLE_APPLICATION_CREDENTIALS'],
  },
  azure: {
    accountName: ['AZURE_STORAGE_ACCOUNT'],
    accountKey: ['AZURE_STORAGE_KEY'],
    connectionString: ['AZURE_STORAGE_CONNECTION_STRING'],
    sasToken: ['AZURE_STORAGE_SAS_TOKEN'],
    tenantId: ['AZURE_TENANT_ID'],
    clientId: ['AZURE_CLIENT_ID'],
    clientSecret: ['AZURE_CLIENT_SECRET'],
    subscriptionId: ['AZURE_SUBSCRIPTION_ID'],
  },
  infomaniak: {
    appCredentialId: ['INFOMANIAK_APP_CREDENTIAL_ID'],
    appCredentialSecret: ['INFOMANIAK_APP_CREDENTIAL_SECRET'],
    authUrl: ['INFOMANIAK_AUTH_URL'],
    projectId: ['INFOMANIAK_PROJECT_ID'],
    region: ['INFOMANIAK_REGION'],
    s3AccessKey: ['INFOMANIAK_S3_ACCESS_KEY'],
    s3SecretKey: ['INFOMANIAK_S3_SECRET_KEY'],
    s3Endpoint: ['INFOMANIAK_S3_ENDPOINT'],
    s3Region: ['INFOMANIAK_S3_REGION'],
    newsletterToken: ['INFOMANIAK_NEWSLETTER_TOKEN'],
    newsletterId: ['INFOMANIAK_NEWSLETTER_ID'],
  },
  coda: { apiToken: ['CODA_API_TOKEN'] },
  local: { root: ['CMX_LOCAL_ROOT'] },
};

/** What is known about each provider before any client is made. */
export class CloudConfig {
  /**
   * Reads the documented variables of every provider. Variables that are absent or empty count as not set.
   *
   * @param env - Default: the process's own, where there is a process.
   */
  static fromEnv(env: Readonly<Record<string, string | undefined>> = globalThis.process?.env ?? {}): CloudConfig {
    const settings = Object.entries(ENVIRONMENT_VARIABLES).map(([provider, names]) => [
      provider,
      Object.fromEntries(Object.entries(names).flatMap(([setting, variables]) => readFirst(env, setting, variables))),
    ]);
    return new CloudConfig(Object.fromEntries(settings) as CloudSettings);
  }

  readonly #settings: CloudSettings;

  constructor(settings: CloudSettings) {
    this.#settings = settings;
  }

  /** The settings of a provider; empty when nothing is known of it. */
  of(provider: CloudProvider): Readonly<Record<string, string>> {
    return this.#settings[provider] ?? {};
  }

  /** The providers anything is known of. */
  get providers(): CloudProvider[] {
    return (Object.keys(this.#settings) as CloudProvider[]).filter((provider) => Object.keys(this.of(provider)).length > 0);
  }

  /** The names of the settings, without the values: some are secret. */
  toJSON(): Record<string, string[]> {
    return Object.fromEntries(this.providers.map((provider) => [provider, Object.keys(this.of(provider))]));
  }
}

function readFirst(env: Readonly<Record<string, string | undefined>>, setting: string, variables: readonly string[]): [string, string][] {
  const value = variables.map((name) => env[name]).find((candidate) => candidate !== undefined && candidate !== '');
  return value === undefined ? [] : [[setting, value]];
}
