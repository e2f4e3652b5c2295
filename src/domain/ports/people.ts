import type { Role } from "../actor.ts";

export type Grant = { subject: { kind: "user" | "group"; id: string }; role: Role };

/** Roles people were given. */
export type People = {
  grants(): Promise<readonly Grant[]>;
  grant(grant: Grant): Promise<void>;
  revoke(subject: Grant["subject"]): Promise<boolean>;
  /** Makes this user the first admin if nobody has been given a role yet; true if that happened now. */
  claimFirstAdmin(user: string): Promise<boolean>;
};

/** Who belongs to a user group, as the workspace says (cached by whoever implements it). */
export type Groups = { membersOf(group: string): Promise<ReadonlySet<string>> };

export type AuditEntry = {
  seq: number;
  at: Temporal.Instant;
  actor: string;
  /** The operation's name. */
  operation: string;
  /** Its input without secrets and personal data. */
  input: string;
  outcome: "done" | "refused" | "failed";
  detail: string;
  hash: string;
};

/** Append-only; each row's hash covers the row before it. */
export type Audit = {
  append(entry: Omit<AuditEntry, "seq" | "hash">): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<readonly AuditEntry[]>;
  /** The first row that is not what was written, or null; and the newest hash. */
  verify(): Promise<{ rows: number; broken: number | null; head: string }>;
};
