import { startS3Service } from '@cmx/s3/testing';
import { describeContract } from './describe-contract.ts';

describeContract('service in memory, served', async () => {
  const running = await startS3Service();
  const { service, url, clientOptions } = running;
  return {
    endpoint: url,
    region: clientOptions.region,
    credentials: clientOptions.credentials,
    renew(count) {
      const identity = { accessKeyId: `CMXTEMPORARY${String(count)}`, secretAccessKey: 'temporary-secret', sessionToken: `token-${String(count)}` };
      service.addIdentity(identity);
      return { kind: 'access_key', ...identity };
    },
    close: () => running.close(),
  };
});
