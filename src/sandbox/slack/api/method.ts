import type { Fields } from "../fields.ts";
import type { Tier } from "../rate-limits.ts";
import type { Slack } from "../slack.ts";
import type { Arguments } from "./arguments.ts";

/** One method of the Web API. */
export type Method = {
  /** Whose token it wants. */
  token: "bot" | "app" | "none";
  /** Any one of these is enough; empty asks for none. */
  scopes: string[];
  tier: Tier;
  /** What stands beside `ok: true`; throws SlackRefusal for `ok: false`. */
  run(args: Arguments, slack: Slack): Fields | Promise<Fields>;
};

export type Methods = Record<string, Method>;
