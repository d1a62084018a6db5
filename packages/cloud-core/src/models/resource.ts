import type { ProviderName, ResourceType } from './provider.ts';

/** One resource as the inventory view shows it, whatever its provider. */
export interface CloudResource<Raw = unknown> {
  /** The provider's own identifier. */
  readonly id: string;
  readonly name: string;
  readonly type: ResourceType;
  readonly provider: ProviderName;
  readonly region?: string | undefined;
  /** The provider's word for the state, lower case: `running`, `active`, `sent`. */
  readonly state?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** What the provider sent, untouched. */
  readonly raw: Raw;
}
