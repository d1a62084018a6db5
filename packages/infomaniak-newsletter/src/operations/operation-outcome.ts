/** How work that went on in the background ended. */
export interface OperationOutcome {
  readonly id: string;
  readonly executedAt?: Date | undefined;
  readonly finishedAt?: Date | undefined;
  /** What the service says of it, for an export where the file is. It documents no members. */
  readonly response?: unknown;
}
