import { describeServerlessContract } from '../src/serverless/serverless-contract.ts';
import { FAKE_SERVERLESS_CAPABILITIES, fakeServerlessClient } from './fakes/serverless.ts';

describeServerlessContract({
  name: 'fake',
  capabilities: FAKE_SERVERLESS_CAPABILITIES,
  open: async () => ({ client: fakeServerlessClient(), input: { code: { zip: new Uint8Array() } }, close: async () => undefined }),
});
