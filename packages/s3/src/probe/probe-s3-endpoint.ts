import type { ProbeS3Options, S3Probe } from './probe.ts';

/**
 * Observes what an S3 server can do: about a hundred small requests in a bucket that is deleted afterwards. What cannot be
 * observed (limits, storage classes, and versions in a bucket that was given) is taken from the kind the server says it is.
 *
 * @throws {CloudError} The server cannot be reached, refuses the credentials, or lets no bucket be created.
 */
export async function probeS3Endpoint(endpoint: string, options: ProbeS3Options = {}): Promise<S3Probe> {
  const { observe } = await import('./probe.ts');
  return observe(endpoint, options);
}
