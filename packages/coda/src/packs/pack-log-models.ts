export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'unknown';

export type PackLogRequestType =
  | 'unknown'
  | 'connectionNameMetadataRequest'
  | 'parameterAutocompleteMetadataRequest'
  | 'postAuthSetupMetadataRequest'
  | 'propertyOptionsMetadataRequest'
  | 'getSyncTableSchemaMetadataRequest'
  | 'getDynamicSyncTableNameMetadataRequest'
  | 'listSyncTableDynamicUrlsMetadataRequest'
  | 'searchSyncTableDynamicUrlsMetadataRequest'
  | 'getDynamicSyncTableDisplayUrlMetadataRequest'
  | 'getIdentifiersForConnectionRequest'
  | 'invokeFormulaRequest'
  | 'invokeSyncFormulaRequest'
  | 'invokeSyncUpdateFormulaRequest'
  | 'invokeExecuteGetPermissionsRequest'
  | 'validateParametersMetadataRequest'
  | 'mcp';

export type PackLogType = 'custom' | 'fetcher' | 'invocation' | 'internal' | 'auth' | 'ingestionLifecycle' | 'ingestionDebug' | 'agentRuntime' | 'mcp';

export interface PackLogContext {
  readonly docId: string;
  readonly packId: string;
  readonly packVersion: string;
  readonly formulaName: string;
  readonly userId: string;
  readonly connectionId: string;
  readonly connectionName?: string | undefined;
  readonly requestId: string;
  readonly requestType: PackLogRequestType;
  readonly createdAt: Date;
  readonly logId: string;
  readonly docObjectId?: string | undefined;
  readonly docRowId?: string | undefined;
  readonly docColumnId?: string | undefined;
  readonly isSyncTable?: boolean | undefined;
  readonly isContinuedSyncTable?: boolean | undefined;
  readonly autocompleteParameterName?: string | undefined;
  readonly invocationSource?: string | undefined;
  readonly detailsKey: string;
  readonly ingestionChildExecutionIndex?: number | undefined;
  readonly ingestionId?: string | undefined;
  readonly rootIngestionId?: string | undefined;
  readonly ingestionExecutionId?: string | undefined;
  readonly ingestionStage?: string | undefined;
  readonly ingestionParentStage?: string | undefined;
  readonly ingestionExecutionAttempt?: number | undefined;
  readonly ingestionParentItemId?: string | undefined;
  readonly ingestionProcessId?: string | undefined;
  readonly additionalMetadata?: Readonly<Record<string, unknown>> | undefined;
  readonly agentSessionId?: string | undefined;
  readonly agentInstanceId?: string | undefined;
  readonly executingAgentInstanceId?: string | undefined;
}

export interface PackCustomLog {
  readonly type: 'custom';
  readonly context: PackLogContext;
  readonly message: string;
  readonly level: LogLevel;
}

export interface PackInvocationLog {
  readonly type: 'invocation';
  readonly context: PackLogContext;
  readonly cacheHit?: boolean | undefined;
  readonly duration?: number | undefined;
  readonly error?: {
    readonly message: string;
    readonly stack?: string | undefined;
  } | undefined;
}

export interface PackFetcherLog {
  readonly type: 'fetcher';
  readonly context: PackLogContext;
  readonly requestSizeBytes?: number | undefined;
  readonly responseCode?: number | undefined;
  readonly responseSizeBytes?: number | undefined;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | undefined;
  readonly baseUrl?: string | undefined;
  readonly cacheHit?: boolean | undefined;
  readonly duration?: number | undefined;
}

export interface PackInternalLog {
  readonly type: 'internal';
  readonly context: PackLogContext;
  readonly message: string;
  readonly level: LogLevel;
}

export interface PackAuthLog {
  readonly type: 'auth';
  readonly context: PackLogContext;
  readonly path: string;
  readonly errorMessage?: string | undefined;
  readonly errorStack?: string | undefined;
}

export interface PackIngestionLifecycleLog {
  readonly type: 'ingestionLifecycle';
  readonly context: PackLogContext;
  readonly message: string;
  readonly level: LogLevel;
}

export interface PackIngestionDebugLog {
  readonly type: 'ingestionDebug';
  readonly context: PackLogContext;
  readonly message: string;
  readonly level: LogLevel;
}

export interface PackAgentRuntimeLog {
  readonly type: 'agentRuntime';
  readonly context: PackLogContext;
  readonly turnType: string;
  readonly durationMs?: number | undefined;
  readonly name?: string | undefined;
  readonly model?: string | undefined;
  readonly tokenUsage?: string | undefined;
  readonly instructions?: string | undefined;
  readonly fromAgent?: string | undefined;
  readonly toAgent?: string | undefined;
}

export interface PackMcpLog {
  readonly type: 'mcp';
  readonly context: PackLogContext;
  readonly message?: string | undefined;
  readonly error?: {
    readonly message: string;
    readonly stack?: string | undefined;
  } | undefined;
}

/** An entry of a log, told apart by `type`. */
export type PackLog =
  | PackCustomLog
  | PackInvocationLog
  | PackFetcherLog
  | PackInternalLog
  | PackAuthLog
  | PackIngestionLifecycleLog
  | PackIngestionDebugLog
  | PackAgentRuntimeLog
  | PackMcpLog;

export interface GroupedPackInvocationLog {
  readonly type: 'invocation';
  readonly invocationLog: PackInvocationLog;
  readonly relatedLogs: readonly PackLog[];
}

export interface GroupedPackAuthLog {
  readonly type: 'auth';
  readonly authLog: PackAuthLog;
  readonly relatedLogs: readonly PackLog[];
}

/** An invocation or authentication with everything it led to. */
export type GroupedPackLog = GroupedPackInvocationLog | GroupedPackAuthLog;

export interface PackAgentRuntimeLogDetails {
  readonly type: 'agentRuntime';
  readonly input?: string | undefined;
  readonly output?: string | undefined;
}

export interface PackFetcherLogDetails {
  readonly type: 'fetcher';
  readonly request: string;
  readonly response?: string | undefined;
}

export interface PackInvocationLogDetails {
  readonly type: 'invocation';
  readonly result?: {
    readonly stringVal: string;
    readonly int64Val: number;
    readonly doubleVal: number;
    readonly objectVal: string;
    readonly boolVal: boolean;
    readonly dateVal: number;
  } | undefined;
  readonly resultDetail?: string | undefined;
  readonly continuationJson?: string | undefined;
  readonly completionJson?: string | undefined;
  readonly deletedItemIdsJson?: string | undefined;
  readonly permissionsContextJson?: string | undefined;
}

export type PackLogDetails = PackFetcherLogDetails | PackInvocationLogDetails | PackAgentRuntimeLogDetails;
