/** What every network method takes as its last argument. */
export interface CallOptions {
  /** Stops the call, also while it waits for a retry, a rate limit or a poll. The call rejects with the signal's reason, unwrapped. */
  abortSignal?: AbortSignal | undefined;
  /** Milliseconds the whole call may take, all attempts and waits included. Default: no bound but the connect, first-byte and idle timers. */
  timeoutInMs?: number | undefined;
}
