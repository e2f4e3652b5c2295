import type { Value } from "./values.ts";

/** What a formula may ask of the record it is worked out for. */
export type Scope = { id: string; created: number; modified: number; now: number };

/** Takes its arguments unevaluated, so that IF works out only the branch it needs. */
export type Call = {
  takes: readonly [least: number, most: number];
  work(given: readonly (() => Value)[], scope: Scope): Value;
};

export const call = (
  takes: Call["takes"],
  work: (given: Value[], scope: Scope) => Value,
): Call => ({
  takes,
  work: (given, scope) =>
    work(
      given.map((one) => one()),
      scope,
    ),
});
