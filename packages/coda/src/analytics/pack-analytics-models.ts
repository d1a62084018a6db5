export interface PackAnalyticsDetails {
  readonly id: number;
  readonly name: string;
  readonly logoUrl?: string | undefined;
  readonly createdAt: Date;
}

export interface PackAnalyticsMetrics {
  readonly date: string;
  readonly docInstalls: number;
  readonly workspaceInstalls: number;
  readonly numFormulaInvocations: number;
  readonly numActionInvocations: number;
  readonly numSyncInvocations: number;
  readonly numMetadataInvocations: number;
  readonly docsActivelyUsing: number;
  readonly docsActivelyUsing7Day: number;
  readonly docsActivelyUsing30Day: number;
  readonly docsActivelyUsing90Day: number;
  readonly docsActivelyUsingAllTime: number;
  readonly workspacesActivelyUsing: number;
  readonly workspacesActivelyUsing7Day: number;
  readonly workspacesActivelyUsing30Day: number;
  readonly workspacesActivelyUsing90Day: number;
  readonly workspacesActivelyUsingAllTime: number;
  readonly workspacesActivelyTrialing: number;
  readonly workspacesActivelyTrialing7Day: number;
  readonly workspacesActivelyTrialing30Day: number;
  readonly workspacesActivelyTrialing90Day: number;
  readonly workspacesActivelyTrialingAllTime: number;
  readonly workspacesNewlySubscribed: number;
  readonly workspacesWithActiveSubscriptions: number;
  readonly workspacesWithSuccessfulTrials: number;
  readonly revenueUsd: string;
}

export interface PackAnalyticsItem {
  readonly pack: PackAnalyticsDetails;
  readonly metrics: readonly PackAnalyticsMetrics[];
}

export type PackAnalyticsOrderBy =
  | 'date'
  | 'packId'
  | 'name'
  | 'createdAt'
  | 'docInstalls'
  | 'workspaceInstalls'
  | 'numFormulaInvocations'
  | 'numActionInvocations'
  | 'numSyncInvocations'
  | 'numMetadataInvocations'
  | 'docsActivelyUsing'
  | 'docsActivelyUsing7Day'
  | 'docsActivelyUsing30Day'
  | 'docsActivelyUsing90Day'
  | 'docsActivelyUsingAllTime'
  | 'workspacesActivelyUsing'
  | 'workspacesActivelyUsing7Day'
  | 'workspacesActivelyUsing30Day'
  | 'workspacesActivelyUsing90Day'
  | 'workspacesActivelyUsingAllTime'
  | 'workspacesWithActiveSubscriptions'
  | 'workspacesWithSuccessfulTrials'
  | 'revenueUsd';

export interface PackAnalyticsSummary {
  readonly totalDocInstalls: number;
  readonly totalWorkspaceInstalls: number;
  readonly totalInvocations: number;
}

export type PackFormulaType = 'action' | 'formula' | 'sync' | 'metadata';

export interface PackFormulaIdentifier {
  readonly name: string;
  readonly type: PackFormulaType;
}

export interface PackFormulaAnalyticsMetrics {
  readonly date: string;
  readonly formulaInvocations: number;
  readonly errors: number;
  readonly medianLatencyMs?: number | undefined;
  readonly medianResponseSizeBytes?: number | undefined;
  readonly docsActivelyUsing: number;
  readonly docsActivelyUsing7Day: number;
  readonly docsActivelyUsing30Day: number;
  readonly docsActivelyUsing90Day: number;
  readonly docsActivelyUsingAllTime: number;
  readonly workspacesActivelyUsing: number;
  readonly workspacesActivelyUsing7Day: number;
  readonly workspacesActivelyUsing30Day: number;
  readonly workspacesActivelyUsing90Day: number;
  readonly workspacesActivelyUsingAllTime: number;
  readonly workspacesActivelyTrialing?: number | undefined;
  readonly workspacesActivelyTrialing7Day?: number | undefined;
  readonly workspacesActivelyTrialing30Day?: number | undefined;
  readonly workspacesActivelyTrialing90Day?: number | undefined;
  readonly workspacesActivelyTrialingAllTime?: number | undefined;
  readonly workspacesNewlySubscribed?: number | undefined;
  readonly workspacesWithActiveSubscriptions?: number | undefined;
  readonly workspacesWithSuccessfulTrials?: number | undefined;
  readonly revenueUsd?: string | undefined;
}

export interface PackFormulaAnalyticsItem {
  readonly formula: PackFormulaIdentifier;
  readonly metrics: readonly PackFormulaAnalyticsMetrics[];
}

export type PackFormulaAnalyticsOrderBy =
  | 'date'
  | 'formulaName'
  | 'formulaType'
  | 'formulaInvocations'
  | 'medianLatencyMs'
  | 'medianResponseSizeBytes'
  | 'errors'
  | 'docsActivelyUsing'
  | 'docsActivelyUsing7Day'
  | 'docsActivelyUsing30Day'
  | 'docsActivelyUsing90Day'
  | 'docsActivelyUsingAllTime'
  | 'workspacesActivelyUsing'
  | 'workspacesActivelyUsing7Day'
  | 'workspacesActivelyUsing30Day'
  | 'workspacesActivelyUsing90Day'
  | 'workspacesActivelyUsingAllTime';
