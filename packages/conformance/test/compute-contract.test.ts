import { describeComputeContract } from '../src/compute/compute-contract.ts';
import { FAKE_COMPUTE_CAPABILITIES, fakeComputeClient } from './fakes/compute.ts';

describeComputeContract({
  name: 'fake',
  capabilities: FAKE_COMPUTE_CAPABILITIES,
  open: async () => ({ client: fakeComputeClient(), unknownId: 'i-none', input: { instanceType: 'small', image: 'img-1' }, close: async () => undefined }),
});
