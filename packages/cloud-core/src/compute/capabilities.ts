/** What a provider of instances can do, as data. */
export interface ComputeCapabilities {
  readonly createInstance: boolean;
  readonly startStop: boolean;
  readonly reboot: boolean;
  readonly images: boolean;
  readonly keyPairs: boolean;
  /** Key pairs can be made by the service, not only imported. */
  readonly generateKeyPairs: boolean;
  readonly zones: boolean;
  readonly consoleOutput: boolean;
  readonly tags: boolean;
  readonly userData: boolean;
  /** `clientToken` is honoured. */
  readonly idempotentCreate: boolean;
  readonly limits: { readonly maxUserDataBytes: number; readonly maxTags: number };
}
