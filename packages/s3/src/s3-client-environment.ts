import { processEnvironment, type Environment } from './credentials/environment.ts';
import type { S3WireOptions } from './s3-client-options.ts';

/** Endpoint and region as the environment has them. */
export function optionsFromEnvironment(environment: Environment = processEnvironment()): Pick<S3WireOptions, 'endpoint' | 'region'> {
  return {
    endpoint: environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || undefined,
    region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined,
  };
}
