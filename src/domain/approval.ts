import type { ApprovalId } from "./ids.ts";
import type { Json } from "./json.ts";

/** Something that a second person has to agree to before it is done. */
export type Approval = {
  id: ApprovalId;
  /** Which kind of thing it is. */
  kind: string;
  /** What it is about, such as a connector's name. About one subject one request waits. */
  subject: string;
  /** All that will be done, and nothing else. Never changes: another wish is another request. */
  what: Json;
  /** Over kind, subject and what. */
  hash: string;
  askedBy: string;
  at: Temporal.Instant;
  state: ApprovalState;
};

export type ApprovalState =
  /** Made ready to be looked at; nobody was asked yet. */
  | { kind: "draft" }
  | { kind: "waiting"; until: Temporal.Instant }
  /** `done` is false until it is carried out, which a crash may delay but not lose. */
  | { kind: "approved"; by: string; at: Temporal.Instant; done: boolean }
  | { kind: "refused"; by: string; at: Temporal.Instant }
  /** Something newer about the same subject took its place. */
  | { kind: "replaced"; at: Temporal.Instant };

/** Whether it waited for too long. */
export const isExpired = ({ state }: Approval, at: Temporal.Instant): boolean =>
  state.kind === "waiting" && Temporal.Instant.compare(at, state.until) >= 0;
