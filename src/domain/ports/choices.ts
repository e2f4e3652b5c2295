import type { Connection } from "../connection.ts";

/** One thing a setting may be: `value` is for the setting, `label` is what people know it by. */
export type Choice = {
  value: string;
  label: string;
  /** Further settings that go with it, by name. */
  also: Readonly<Record<string, string>>;
};

/** Settings that are not given yet, and what the tool says they may be. */
export type Choosable = {
  /** The one that is chosen, and those that go with it. */
  settings: readonly { name: string; label: string; about: string }[];
  optional: boolean;
  /** Empty where the tool has none, or does not say. */
  choices: readonly Choice[];
  /** Why the tool does not say, in a sentence; null where it does. */
  problem: string | null;
};

/** What a person would otherwise have to look up in a tool, once somebody has signed in there. */
export type Choosing = {
  /** What can be chosen now; more may follow from it. @throws SignInAgain */
  choices(connection: Connection, signal: AbortSignal): Promise<readonly Choosable[]>;
};
