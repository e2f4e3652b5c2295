import type { Fields } from "./fields.ts";

export type Kind = "events_api" | "slash_commands" | "interactive";

/** How the app took what was sent to it. */
export type Receipt =
  | { kind: "acknowledged"; answer: Fields }
  | { kind: "late" }
  | { kind: "unreachable"; why: string };

export type Retry = { attempt: number; reason: string };

/** One way to reach the app: Socket Mode or signed HTTP. */
export type Carrier = {
  connected(): boolean;
  /** Settles within the time in which Slack wants an answer. */
  send(kind: Kind, payload: Fields, retry?: Retry): Promise<Receipt>;
};
