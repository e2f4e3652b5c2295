/** Which value counts where a field was changed on both sides of a two-way flow since they agreed. */
export const truthRules = [
  /** The one of the flow's source. */
  "source",
  /** The one of the flow's target. */
  "target",
  /** The one of the record that was changed last; a person is asked where that cannot be told. */
  "newest",
  /** The one that is not empty; a person is asked where neither is. */
  "non_empty",
  /** Rows of a list: what was added on either side, without what was taken away on either. */
  "union",
  /** A person chooses. */
  "ask",
] as const;

export type TruthRule = (typeof truthRules)[number];

/** The rule of a two-way flow, and the fields that have another one, by their names at the target. */
export type Truth = { default: TruthRule; fields: Readonly<Record<string, TruthRule>> };

export const ruleFor = (truth: Truth, field: string): TruthRule =>
  (Object.hasOwn(truth.fields, field) ? truth.fields[field] : undefined) ?? truth.default;

/** The one end of a flow that is its source, or the one that is its target. */
export type Side = "source" | "target";

/** Which way records go: from the source to the target, or in a two-way flow also back. */
export type Way = "there" | "back";
