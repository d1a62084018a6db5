import type { ProviderName } from '@cmx/cloud-core';
import { CLIENTS } from './generated/registry.ts';
import type { RegisteredClient } from './registry.ts';

/** Whether a client can be used here, and what is missing if not. */
export interface ClientAvailability {
  readonly provider: ProviderName;
  readonly service: string;
  /** The class's name and the package that exports it. */
  readonly client: string;
  readonly packageName: string;
  readonly available: boolean;
  /** Why it is not. */
  readonly reason?: string | undefined;
  /** The command that makes it available. */
  readonly install?: string | undefined;
}

/** Answers where the package.json of a package is, seen from a file, or `undefined`. */
export type PackageFinder = (packageName: string, from: string) => string | undefined;

/**
 * Every client of every provider, available or not. Never throws, and loads neither a provider nor an SDK: it only looks
 * whether the packages are there.
 */
export async function availability(): Promise<ClientAvailability[]> {
  const findPackage = await nodePackageFinder();
  return CLIENTS.map((client) => describeClient(client, findPackage));
}

/** One client, looked for with `findPackage`. Outside Node nothing can be looked up: a bundler has resolved what there is. */
export function describeClient({ requires, ...client }: RegisteredClient, findPackage: PackageFinder | undefined): ClientAvailability {
  if (!findPackage) return { ...client, available: true };
  const manifest = findPackage(client.packageName, import.meta.url);
  const missing = manifest === undefined ? [client.packageName] : requires.filter((name) => findPackage(name, manifest) === undefined);
  if (missing.length === 0) return { ...client, available: true };
  const plural = missing.length > 1 ? 'are not installed' : 'is not installed';
  return { ...client, available: false, reason: `${missing.join(' and ')} ${plural}`, install: `npm install ${missing.join(' ')}` };
}

async function nodePackageFinder(): Promise<PackageFinder | undefined> {
  try {
    const { findPackageJSON } = await import('node:module');
    return (packageName, from) => {
      try {
        return findPackageJSON(packageName, from);
      } catch {
        return undefined;
      }
    };
  } catch {
    return undefined;
  }
}
