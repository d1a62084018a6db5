/** What an operation can do to the world. The first three change nothing. */
export type RiskClass = 'READ' | 'READ_CONTENT' | 'PLAN' | 'WRITE' | 'WRITE_LOCAL' | 'EXPOSE' | 'DELETE' | 'ADMIN';

/** What follows from a risk class, once for every face of the catalogue. */
export interface RiskProperties {
  readonly meaning: string;
  /** Whom it may be given to without further questions. */
  readonly trust: 'observed' | 'trusted';
  readonly readOnly: boolean;
  readonly destructive: boolean;
  readonly idempotent: boolean;
}

export const RISK_CLASSES: Readonly<Record<RiskClass, RiskProperties>> = {
  READ: { meaning: 'Reads metadata and lists', trust: 'observed', readOnly: true, destructive: false, idempotent: true },
  READ_CONTENT: { meaning: 'Reads the content of objects or cells', trust: 'observed', readOnly: true, destructive: false, idempotent: true },
  PLAN: { meaning: 'Says what would be done and changes nothing', trust: 'observed', readOnly: true, destructive: false, idempotent: true },
  WRITE: { meaning: 'Creates, or replaces under a precondition', trust: 'trusted', readOnly: false, destructive: false, idempotent: true },
  WRITE_LOCAL: { meaning: 'Writes on this machine', trust: 'trusted', readOnly: false, destructive: false, idempotent: true },
  EXPOSE: { meaning: 'Makes data reachable by others', trust: 'trusted', readOnly: false, destructive: false, idempotent: false },
  DELETE: { meaning: 'Removes, or replaces without a precondition', trust: 'trusted', readOnly: false, destructive: true, idempotent: true },
  ADMIN: { meaning: 'Removes containers or touches power and access', trust: 'trusted', readOnly: false, destructive: true, idempotent: false },
};
