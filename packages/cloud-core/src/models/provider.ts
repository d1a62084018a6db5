/** The providers cmx ships. Providers written elsewhere use a name of their own: see {@link ProviderName}. */
export const CloudProvider = {
  AWS: 'aws',
  GCP: 'gcp',
  AZURE: 'azure',
  INFOMANIAK: 'infomaniak',
  CODA: 'coda',
  LOCAL: 'local',
} as const;

/** One of cmx's own providers. */
export type CloudProvider = (typeof CloudProvider)[keyof typeof CloudProvider];

/** A provider's name: one of cmx's own, or the name of a package somebody else wrote. */
export type ProviderName = CloudProvider | (string & {});

/** The kinds of resource that the inventory view ({@link CloudClient}) tells apart. */
export const ResourceType = {
  COMPUTE: 'compute',
  STORAGE: 'storage',
  DATABASE: 'database',
  NETWORK: 'network',
  SERVERLESS: 'serverless',
  CONTAINER: 'container',
  QUEUE: 'queue',
  DOCUMENT: 'document',
  VOLUME: 'volume',
  DNS: 'dns',
  STACK: 'stack',
  IMAGE: 'image',
  NEWSLETTER: 'newsletter',
} as const;

/** One kind of resource. */
export type ResourceType = (typeof ResourceType)[keyof typeof ResourceType];
