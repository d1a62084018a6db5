import { UnsupportedOperationError } from '@cmx/cloud-core';

interface NodeModules {
  'node:http': typeof import('node:http');
  'node:https': typeof import('node:https');
  'node:net': typeof import('node:net');
  'node:tls': typeof import('node:tls');
}

/**
 * One of Node's own modules, found when it is needed: no import stands in the way of a bundle for a browser.
 *
 * @throws {UnsupportedOperationError} This is not Node.
 */
export function nodeModule<Name extends keyof NodeModules>(name: Name): NodeModules[Name] {
  const found = globalThis.process?.getBuiltinModule?.(name) as NodeModules[Name] | undefined;
  if (!found) throw new UnsupportedOperationError(`This transport needs Node.js: there is no ${name} here`);
  return found;
}

/** The environment variables, where there are any. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
}
