import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Environment } from '@cmx/s3';

type Settings = ReadonlyMap<string, string>;

const HEADING = /^\[\s*(?:profile\s+)?(["']?)([^\]"']+?)\1\s*\]/;
const SETTING = /^([\w-]+)\s*=\s*(.*?)(?:\s[#;].*)?$/;

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

function readProfiles(environment: Environment): ReadonlyMap<string, Settings> {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  const profiles = new Map<string, Map<string, string>>();
  addProfiles(profiles, environment.AWS_CONFIG_FILE || `${home}/.aws/config`);
  addProfiles(profiles, environment.AWS_SHARED_CREDENTIALS_FILE || `${home}/.aws/credentials`);
  return profiles;
}

/** Nested settings are indented, and passed over. */
function addProfiles(profiles: Map<string, Map<string, string>>, path: string): void {
  let current: Map<string, string> | undefined;
  for (const line of readText(path).split(/\r?\n/)) {
    const heading = HEADING.exec(line)?.[2];
    if (heading !== undefined) {
      current = isProfile(heading) ? (profiles.get(heading) ?? new Map<string, string>()) : undefined;
      if (current) profiles.set(heading, current);
      continue;
    }
    const [, name, value] = SETTING.exec(line) ?? [];
    if (name !== undefined && value !== undefined) current?.set(name.toLowerCase(), value.trim());
  }
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
