export type IngestionStatus = 'QUEUED' | 'STARTED' | 'CANCELLED' | 'UP_FOR_RETRY' | 'COMPLETED' | 'FAILED';

export type IngestionExecutionType = 'FULL' | 'INCREMENTAL';

export type IngestionChildExecutionType = 'FULL' | 'INCREMENTAL' | 'PATCH';

/** Times are milliseconds since the epoch. */
export interface IngestionBatchExecution {
  readonly completionTimestamp: number;
  readonly creationTimestamp: number;
  readonly dynamicLabel?: string | undefined;
  readonly dynamicUrl?: string | undefined;
  readonly executionType: IngestionExecutionType;
  readonly fullExecutionId: string;
  readonly ingestionExecutionId: string;
  readonly ingestionId: string;
  readonly ingestionName: string;
  readonly ingestionStatusCounts?: Readonly<Record<string, number>> | undefined;
  readonly lastFinishedFullWorkflowExecutionId?: string | undefined;
  readonly lastFinishedIncrementalWorkflowExecutionId?: string | undefined;
  readonly latestFullWorkflowExecutionId?: string | undefined;
  readonly latestIncrementalWorkflowExecutionId?: string | undefined;
  readonly latestIngestionSequenceId?: string | undefined;
  readonly liveIngestionSequenceId?: string | undefined;
  readonly parentSyncTableIngestionId?: string | undefined;
  readonly startTimestamp: number;
  readonly totalRowCount?: number | undefined;
}

/** Times are milliseconds since the epoch. */
export interface IngestionParentItem {
  readonly attemptNumber?: number | undefined;
  readonly completionTimestamp: number;
  readonly errorMessage: string | null;
  readonly executionType: IngestionChildExecutionType;
  readonly ingestionChildExecutionIndex?: number | undefined;
  readonly ingestionExecutionId: string;
  readonly ingestionName: string;
  readonly ingestionStatus?: IngestionStatus | undefined;
  readonly parentItemId: string;
  readonly startTimestamp: number;
  readonly rowCount?: number | undefined;
  readonly latestCheckpointTimestamp?: number | undefined;
}
