import { InvalidArgumentError, NotFoundError, paged, TimeoutError } from '@cmx/cloud-core';
import type { ComputeCapabilities, ComputeClient, CreateInstanceInput, Instance, InstanceState, KeyPair } from '@cmx/cloud-core';

export const FAKE_COMPUTE_CAPABILITIES = {
  createInstance: true,
  startStop: true,
  reboot: true,
  images: true,
  keyPairs: true,
  generateKeyPairs: true,
  zones: true,
  consoleOutput: true,
  tags: true,
  userData: false,
  idempotentCreate: true,
  limits: { maxUserDataBytes: 0, maxTags: 10 },
} as const satisfies ComputeCapabilities;

/** Instances that change their state at once. */
export function fakeComputeClient(): ComputeClient {
  const instances = new Map<string, Instance>();
  const byToken = new Map<string, string>();
  const keyPairs = new Map<string, KeyPair>();
  const find = (operation: string, id: string): Instance => {
    if (id === '') throw new InvalidArgumentError('The id is empty', { operation });
    const found = instances.get(id);
    if (!found) throw new NotFoundError('There is no such instance', { operation, resource: { type: 'instance', name: id } });
    return found;
  };
  const change = (operation: string, id: string, state: InstanceState) => void instances.set(id, { ...find(operation, id), state });
  const list = <T>(items: () => Iterable<T>) => paged<T>(async () => ({ items: [...items()] }));
  const create = ({ name, tags = {}, clientToken }: CreateInstanceInput): Instance => {
    const id = (clientToken === undefined ? undefined : byToken.get(clientToken)) ?? `i-${instances.size + 1}`;
    if (clientToken !== undefined) byToken.set(clientToken, id);
    const known = instances.get(id);
    const instance: Instance = known ?? { id, name, state: 'running', vendorState: 'RUNNING', instanceType: 'small', privateIpAddresses: [], publicIpAddresses: [], tags, raw: {} };
    instances.set(id, instance);
    return instance;
  };
  return {
    provider: 'fake',
    capabilities: FAKE_COMPUTE_CAPABILITIES,
    listInstances: () => list(() => instances.values()),
    getInstance: async (id) => find('getInstance', id),
    createInstance: async (input) => create(input),
    startInstance: async (id) => change('startInstance', id, 'running'),
    stopInstance: async (id) => change('stopInstance', id, 'stopped'),
    rebootInstance: async (id) => change('rebootInstance', id, 'running'),
    terminateInstance: async (id) => void instances.delete(id),
    async waitForInstance(id, { state }) {
      const found = find('waitForInstance', id);
      if (found.state === state) return found;
      throw new TimeoutError('It did not get there', { operation: 'waitForInstance', phase: 'total' });
    },
    listImages: () => list(() => [{ id: 'img-1', name: 'debian-12' }]),
    listInstanceTypes: () => list(() => [{ id: 'small', name: 'small', vcpus: 1, memoryInMiB: 512 }]),
    listKeyPairs: () => list(() => keyPairs.values()),
    async createKeyPair(name) {
      keyPairs.set(name, { name, fingerprint: 'aa:bb' });
      return { name, fingerprint: 'aa:bb', privateKey: '-----BEGIN PRIVATE KEY-----' };
    },
    deleteKeyPair: async (name) => void keyPairs.delete(name),
    listZones: () => list(() => [{ name: 'a', available: true }]),
    getConsoleOutput: async (id) => find('getConsoleOutput', id).name,
    close: async () => undefined,
  };
}
