import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { parseIni, type Environment } from '@cmx/s3';

type Settings = ReadonlyMap<string, string>;

/**
 * The names of the profiles in the shared config and credentials files (`~/.aws`, or what `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE` name), in order of the alphabet. Without files, none.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function listAwsProfiles(environment: Environment = process.env): string[] {
  return [...readProfiles(environment).keys()].sort();
}

/** One setting of a profile, such as `region`. */
export function profileSetting(profile: string, setting: string, environment: Environment): string | undefined {
  return readProfiles(environment).get(profile)?.get(setting) || undefined;
}

/** Settings of the credentials file win. */
function readProfiles(environment: Environment): ReadonlyMap<string, Settings> {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  const profiles = new Map<string, Settings>();
  for (const path of [environment.AWS_CONFIG_FILE || `${home}/.aws/config`, environment.AWS_SHARED_CREDENTIALS_FILE || `${home}/.aws/credentials`]) {
    for (const [heading, settings] of parseIni(readText(path))) {
      if (isProfile(heading)) profiles.set(heading, new Map([...(profiles.get(heading) ?? []), ...settings]));
    }
  }
  return profiles;
}

/** The config file also describes sign-ins and endpoints, in sections of their own. */
function isProfile(heading: string): boolean {
  return !/^(?:sso-session|services)\s/.test(heading);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Absent or unreadable files describe nothing, as for every AWS tool.
  }
}
