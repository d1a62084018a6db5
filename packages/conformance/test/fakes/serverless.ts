import { AlreadyExistsError, createPoller, InvalidArgumentError, NotFoundError, paged } from '@cmx/cloud-core';
import type { Accepted, CloudFunction, ServerlessCapabilities, ServerlessClient } from '@cmx/cloud-core';

export const FAKE_SERVERLESS_CAPABILITIES = {
  createFunction: true,
  containerImages: false,
  asyncInvoke: true,
  versions: true,
  functionUrl: false,
  logs: false,
  limits: { maxTimeoutInSeconds: 60, maxMemoryInMiB: 512, maxPayloadBytes: 1000, maxZipBytes: 1000 },
} as const satisfies ServerlessCapabilities;

/** Functions that echo, and are ready at once. */
export function fakeServerlessClient(): ServerlessClient {
  const functions = new Map<string, CloudFunction & { versions: string[] }>();
  const find = (operation: string, name: string) => {
    if (name === '') throw new InvalidArgumentError('The name is empty', { operation });
    const found = functions.get(name);
    if (!found) throw new NotFoundError('There is no such function', { operation, resource: { type: 'function', name } });
    return found;
  };
  const done = (result: CloudFunction): Accepted<CloudFunction> => ({
    id: result.id,
    applied: () => createPoller({ id: result.id, where: {}, poll: async () => ({ state: 'succeeded', result }) }),
  });
  return {
    provider: 'fake',
    capabilities: FAKE_SERVERLESS_CAPABILITIES,
    listFunctions: () => paged(async () => ({ items: [...functions.values()] })),
    getFunction: async (name) => find('getFunction', name),
    async createFunction({ name }) {
      if (functions.has(name)) throw new AlreadyExistsError('There is a function of that name', { operation: 'createFunction' });
      functions.set(name, { name, id: name, state: 'active', environment: {}, tags: {}, raw: {}, versions: [] });
      return done(find('createFunction', name));
    },
    updateFunctionCode: async (name) => done(find('updateFunctionCode', name)),
    updateFunctionConfig: async (name) => done(find('updateFunctionConfig', name)),
    deleteFunction: async (name) => void functions.delete(name),
    async invokeFunction(name, payload, { mode = 'sync' } = {}) {
      find('invokeFunction', name);
      const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
      if (bytes.length > FAKE_SERVERLESS_CAPABILITIES.limits.maxPayloadBytes) throw new InvalidArgumentError('The payload is too large', { operation: 'invokeFunction' });
      const failed = new TextDecoder().decode(bytes) === '"fail"';
      return { status: 200, payload: mode === 'async' ? new Uint8Array() : bytes, functionError: failed ? 'It failed' : undefined };
    },
    getFunctionUrl: async (name) => `https://functions.example/${name}`,
    listFunctionVersions: (name) => paged(async () => ({ items: find('listFunctionVersions', name).versions.map((version) => ({ version })) })),
    async publishFunctionVersion(name) {
      const { versions } = find('publishFunctionVersion', name);
      versions.push(String(versions.length + 1));
      return { version: String(versions.length) };
    },
    async *readLogs() {
      // Nothing is ever logged.
    },
    close: async () => undefined,
  };
}
