import { randomBytes } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";

/**
 * What a Zap begins with: a catch hook whose address somebody was given; a REST hook, which it asks for
 * itself while it is on; or nothing, for one that a person runs.
 */
export type Trigger = "catch_hook" | "rest_hook" | "by_hand";
/** What it does then: keeps what came; posts an event; or tries something that fails. */
export type Step = "keep" | "post_event" | "fail";

export type State =
  | { kind: "off"; because: string | null }
  | { kind: "turning_on" }
  /** `subscription` is the id that the other side gave its REST hook. */
  | { kind: "on"; subscription: string | null };

export type Zap = {
  id: string;
  name: string;
  trigger: Trigger;
  step: Step;
  /** The last part of its address; a REST hook has another each time it is switched on. */
  hook: string;
  state: State;
};

/** The account's number in the addresses of its hooks. */
export const USER = "1834092";
export const catchPath = (hook: string): string => `/hooks/catch/${USER}/${hook}/`;
export const standardPath = (hook: string): string => `/hooks/standard/${USER}/${hook}/`;

const on: State = { kind: "on", subscription: null };
const off: State = { kind: "off", because: null };

/** The Zaps of the account: one of each kind, and one that somebody has paused. */
const zaps: Zap[] = [
  { id: "241870011", name: "Events to a spreadsheet", trigger: "catch_hook", step: "keep", hook: "2k7qm4x", state: on }, // prettier-ignore
  { id: "241870012", name: "Events to an archive, paused", trigger: "catch_hook", step: "keep", hook: "2k7qp9c", state: off }, // prettier-ignore
  { id: "241870013", name: "Customer changed, tell the sales team", trigger: "rest_hook", step: "keep", hook: "none", state: off }, // prettier-ignore
  { id: "241870014", name: "Form filled in, tell Tieline", trigger: "by_hand", step: "post_event", hook: "none", state: on }, // prettier-ignore
  { id: "241870015", name: "Invoice paid, write an e-mail", trigger: "catch_hook", step: "fail", hook: "2k7r0zd", state: on }, // prettier-ignore
];

export const FIRST_HOOK = catchPath("2k7qm4x");

export function openZaps(shelf: Shelf): Collection<Zap> {
  const kept = shelf.collection<Zap>("zaps");
  if (kept.size === 0) for (const zap of zaps) kept.set(zap.id, zap);
  return kept;
}

export const newHook = (): string => randomBytes(12).toString("hex");
