import { isEntityName, entityOf } from "#domain/entities/index.ts";
import type { ErrorRule } from "../error-rule.ts";
import { unknown } from "../nearest.ts";
import { type Finding, finding, type Rule } from "./rule.ts";

/** Error rules say when they apply, and nothing is left out in silence. */
export const errorRules: Rule = function* ({ errors, objects }) {
  const fields = Object.values(objects).flatMap(({ entity }) =>
    isEntityName(entity) ? Object.keys(entityOf(entity).fields) : [],
  );
  for (const [index, rule] of errors.entries()) {
    const path = ["errors", index];
    yield* judge(path, rule);
    if (rule.field !== undefined && !fields.includes(rule.field))
      yield finding([...path, "field"], unknown("The field", rule.field, [...new Set(fields)]));
  }
};

function* judge(path: readonly PropertyKey[], rule: ErrorRule): Iterable<Finding> {
  const { status, code, at, contains, text } = rule;
  if ([status, code, at, contains, text].every((condition) => condition === undefined))
    yield finding(path, "A rule needs a condition: status, code, at, contains or text");
  if (rule.equals !== undefined && at === undefined)
    yield finding([...path, "equals"], "equals needs at: the place that is compared");
  if (captures(contains) > 1)
    yield finding([...path, "contains"], "One of {id} and {field} is accepted here, once");
  if (rule.is === "ignored" && rule.counted !== true)
    yield finding([...path, "is"], "What is ignored looks like nothing at all; is: ignored needs counted: true"); // prettier-ignore
  if (rule.class !== undefined && rule.is !== "rejected")
    yield finding([...path, "class"], "class goes with is: rejected");
  if ((rule.wait ?? rule.wait_header) !== undefined && rule.is !== "rate_limited")
    yield finding(path, "wait and wait_header go with is: rate_limited");
}

const captures = (text = ""): number => (text.match(/\{(id|field)\}/g) ?? []).length;
