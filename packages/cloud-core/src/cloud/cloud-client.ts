import type { CallOptions } from '../models/call-options.ts';
import type { ProviderName, ResourceType } from '../models/provider.ts';
import type { CloudResource } from '../models/resource.ts';
import type { Paged } from '../paging.ts';

/** What to make: the properties are the provider's, checked by it. */
export interface CreateResourceInput {
  readonly type: ResourceType;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** The inventory view: everything a provider holds, in one shape. */
export interface CloudClient {
  readonly provider: ProviderName;
  /** The kinds this client knows. */
  readonly resourceTypes: readonly ResourceType[];

  /** @throws {UnsupportedOperationError} The provider has no resources of this type. */
  listResources(type?: ResourceType, options?: CallOptions): Paged<CloudResource>;
  getResource(type: ResourceType, id: string, options?: CallOptions): Promise<CloudResource>;
  createResource(input: CreateResourceInput, options?: CallOptions): Promise<CloudResource>;
  /** Succeeds when the resource is already gone. */
  deleteResource(type: ResourceType, id: string, options?: CallOptions): Promise<void>;
}
