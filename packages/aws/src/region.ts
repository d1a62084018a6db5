import type { Environment } from '@cmx/s3';
import { profileSetting } from './shared-config.ts';

/**
 * The region AWS's own tools would use: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else what the shared config and credentials
 * files say for the profile (default: `AWS_PROFILE`, else `default`). The files are read only when neither variable is set.
 */
export function resolveAwsRegion({ profile, environment = process.env }: { readonly profile?: string | undefined; readonly environment?: Environment | undefined } = {}): string | undefined {
  const named = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  return named || profileSetting(profile ?? (environment.AWS_PROFILE || 'default'), 'region', environment);
}
