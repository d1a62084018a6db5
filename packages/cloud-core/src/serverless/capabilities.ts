/** What a provider of functions can do, as data. */
export interface ServerlessCapabilities {
  readonly createFunction: boolean;
  readonly containerImages: boolean;
  readonly asyncInvoke: boolean;
  readonly versions: boolean;
  readonly functionUrl: boolean;
  readonly logs: boolean;
  readonly limits: {
    readonly maxTimeoutInSeconds: number;
    readonly maxMemoryInMiB: number;
    readonly maxPayloadBytes: number;
    readonly maxZipBytes: number;
  };
}
