import type { Connection } from "../connection.ts";
import type { Failure } from "../failure.ts";
import type { ConnectionName } from "../ids.ts";
import type { Json } from "../json.ts";
import type { Telling } from "./deliveries.ts";

/** What somebody sent to an address of ours, as it came. */
export type HookRequest = {
  method: string;
  /** The whole address as they called it. */
  url: string;
  /** Names in small letters. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** What the address is for; the one of the tool's own webhooks is for no object. */
  object: string | null;
  /** Which address it was, by its token; what was learned over it is kept there. */
  address: HookAddress;
};

export type HookAnswer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
};

/**
 * What is said back, the objects of which something new is known, with the records that were named, by
 * their ids, and what failed at the tool.
 */
export type HookOutcome = {
  answer: HookAnswer;
  changed: readonly string[];
  records: readonly { object: string; id: string }[];
  failures: readonly Failure[];
};

/** What those outside send us, and what they may ask to be told. */
export type Outsiders = Telling & {
  /** What a message to one of our addresses comes to. Systemic errors are thrown. */
  receive(connection: Connection, request: HookRequest, signal: AbortSignal): Promise<HookOutcome>;
  /** Whether this is where somebody may ask to be told: an address of the tool's, and no inner one. */
  mayBeTold(connection: Connection, address: string): boolean;
  /**
   * The failures there are at a tool that tells them only when asked; null where it is not asked, since
   * the connection has no way to. Systemic errors are thrown.
   */
  failures(connection: Connection, signal: AbortSignal): Promise<readonly Failure[] | null>;
  /** Events of this name as they would be sent, about records nobody has. */
  sample(connection: Connection, event: string): readonly Json[];
};

/** An address of ours that was given to somebody outside; says nothing about its token. */
export type HookAddress = string & { readonly hookAddress: unique symbol };

/** Addresses of ours. Only the hash of the token in one is kept. */
export type Hooks = {
  /** A fresh token for the connection; the one before no longer works, and what it learned is forgotten. */
  renew(connection: ConnectionName, at: Temporal.Instant): Promise<string>;
  /** A further address beside it, of a webhook that we make at the tool ourselves. */
  further(
    connection: ConnectionName,
    at: Temporal.Instant,
  ): Promise<{ token: string; address: HookAddress }>;
  /** Ends such a further one: nothing is taken there any more, and what it learned is forgotten. */
  end(address: HookAddress): Promise<void>;
  /** Whose token this is. */
  find(token: string): Promise<{ connection: ConnectionName; address: HookAddress } | undefined>;
  /** When the connection's token was made; undefined where it has none. */
  madeAt(connection: ConnectionName): Promise<Temporal.Instant | undefined>;
  /** The address it stands for. */
  addressOf(connection: ConnectionName): Promise<HookAddress | undefined>;
  /**
   * Keeps, encrypted, a secret that messages to this address are signed with. False where it may only
   * be the first and there is one already.
   */
  learn(address: HookAddress, secret: string, may: "only_first" | "be_further"): Promise<boolean>;
  learned(address: HookAddress): Promise<readonly string[]>;
};
