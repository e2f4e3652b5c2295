declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** The name under which a team knows a flow: `customers-to-books`. */
export type FlowName = Id<"Flow">;
/** The name under which a team knows a connection: `crm`. */
export type ConnectionName = Id<"Connection">;
export type RunId = Id<"Run">;
export type DeadLetterId = Id<"DeadLetter">;
export type IncidentId = Id<"Incident">;
export type ApprovalId = Id<"Approval">;
export type ConflictId = Id<"Conflict">;

export const flowName = (name: string): FlowName => name as FlowName;
export const connectionName = (name: string): ConnectionName => name as ConnectionName;
export const runId = (id: string): RunId => id as RunId;
export const deadLetterId = (id: string): DeadLetterId => id as DeadLetterId;
export const incidentId = (id: string): IncidentId => id as IncidentId;
export const conflictId = (id: string): ConflictId => id as ConflictId;
export const approvalId = (id: string): ApprovalId => id as ApprovalId;

/** What a flow or a connection may be called: it is typed in Slack and stands in files. */
export const namePattern = /^[a-z][a-z0-9-]{0,48}[a-z0-9]$/;
export const nameRule = "2 to 50 small letters, digits and hyphens, beginning with a letter";
