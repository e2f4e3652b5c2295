import type { Connection } from "../connection.ts";
import type { ConnectionName } from "../ids.ts";
import type { HookAddress } from "./hooks.ts";

/** What a tool said when it took a webhook of ours. */
export type MadeHook = {
  /** The tool's own id of it. */
  id: string;
  /** Further values of its answer, which other requests about it need. */
  kept: Readonly<Record<string, string>>;
  /** Null where it lasts. */
  expires: Temporal.Instant | null;
};

export type WatchState =
  /** The tool is being asked, or nobody knows what came of it. */
  | { kind: "asked" }
  | { kind: "made"; hook: MadeHook }
  /** A sentence that says why. */
  | { kind: "refused"; problem: string };

/** A webhook at a tool that we ask for ourselves, with an address of its own. */
export type Watch = {
  connection: ConnectionName;
  /** Which of the connection's it is, as `Watching` names it. */
  name: string;
  address: HookAddress;
  /** Where we were reached when its address was given: PUBLIC_URL. */
  origin: string;
  /** When it came to this. */
  at: Temporal.Instant;
  state: WatchState;
};

/** The webhooks we have asked for. */
export type Watches = {
  of(connection: ConnectionName): Promise<readonly Watch[]>;
  /** There is one of a name. */
  put(watch: Watch): Promise<void>;
  remove(connection: ConnectionName, name: string): Promise<void>;
};

/** Asking tools to tell us. Systemic errors are thrown; what a tool refuses is a Mistake in its words. */
export type Watching = {
  /** Names of the webhooks it takes to be told of these objects; none where a tool cannot be asked by us. */
  wanted(
    connection: Connection,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** The address has to answer already: tools try it before they are done. */
  make(
    connection: Connection,
    name: string,
    at: { url: string; address: HookAddress },
    signal: AbortSignal,
  ): Promise<MadeHook>;
  /** As it is from now on; null where it is gone, or where only another one can follow it. */
  prolong(
    connection: Connection,
    name: string,
    hook: MadeHook,
    signal: AbortSignal,
  ): Promise<MadeHook | null>;
  /** One that is gone already counts as ended. */
  end(connection: Connection, name: string, hook: MadeHook, signal: AbortSignal): Promise<void>;
};
