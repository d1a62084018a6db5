/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process; empty where there is no process. */
export function processEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}

export interface SharedFileOptions {
  /** Default: `AWS_PROFILE`, else `default`. */
  readonly profile?: string | undefined;
  readonly environment?: Environment | undefined;
}
