import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAwsRegion } from './region.ts';
import { listAwsProfiles, profileSetting } from './shared-config.ts';

const CONFIG = `# made by hand
[default]
region = us-west-2
[profile work] ; the firm
sso_session = firm
region=eu-central-2 # Zurich
s3 =
  region = nested
[profile "with space"]
output = json
[sso-session firm]
sso_region = eu-west-1
[services local]
s3 =
  endpoint_url = http://127.0.0.1
`;
const CREDENTIALS = '\r\n[default]\r\naws_access_key_id = A\r\n[keys]\r\naws_access_key_id = B\r\nregion = ap-south-1\r\n';

describe('shared files', () => {
  let folder: string;
  const environment: Record<string, string> = {};
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cmx-aws-'));
    environment['AWS_CONFIG_FILE'] = path.join(folder, 'config');
    environment['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
    await writeFile(path.join(folder, 'config'), CONFIG);
    await writeFile(path.join(folder, 'credentials'), CREDENTIALS);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('lists the profiles of both files, and no other sections', () => {
    expect(listAwsProfiles(environment)).toEqual(['default', 'keys', 'with space', 'work']);
  });

  it('reads settings, without comments and nested ones', () => {
    expect(profileSetting('work', 'region', environment)).toBe('eu-central-2');
    expect(profileSetting('work', 'endpoint_url', environment)).toBeUndefined();
    expect(profileSetting('keys', 'region', environment)).toBe('ap-south-1');
    expect(profileSetting('nobody', 'region', environment)).toBeUndefined();
  });

  it('finds nothing where there are no files', () => {
    const nowhere = { AWS_CONFIG_FILE: path.join(folder, 'no'), AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'neither') };
    expect(listAwsProfiles(nowhere)).toEqual([]);
    expect(resolveAwsRegion({ environment: nowhere })).toBeUndefined();
  });

  it('resolves the region as AWS’s tools do', () => {
    expect(resolveAwsRegion({ environment })).toBe('us-west-2');
    expect(resolveAwsRegion({ profile: 'work', environment })).toBe('eu-central-2');
    expect(resolveAwsRegion({ environment: { ...environment, AWS_PROFILE: 'keys' } })).toBe('ap-south-1');
    expect(resolveAwsRegion({ profile: 'work', environment: { ...environment, AWS_DEFAULT_REGION: 'sa-east-1' } })).toBe('sa-east-1');
    expect(resolveAwsRegion({ environment: { ...environment, AWS_DEFAULT_REGION: 'sa-east-1', AWS_REGION: 'ca-central-1' } })).toBe('ca-central-1');
    expect(resolveAwsRegion({ environment: { ...environment, AWS_REGION: '' } })).toBe('us-west-2');
  });
});
