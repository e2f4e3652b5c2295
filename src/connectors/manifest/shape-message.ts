import { z } from "zod";
import { unknown } from "./nearest.ts";

/** An issue of zod in a sentence that says what is accepted; one line for each unknown name. */
export function shapeMessage(issue: z.core.$ZodRawIssue): string | undefined {
  const name = String(issue.path?.at(-1) ?? "this");
  if (issue.code === "unrecognized_keys") {
    const allowed = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
    return issue.keys.map((key) => unknown("The name", key, allowed)).join("\n");
  }
  if (["invalid_type", "invalid_union"].includes(issue.code) && issue.input === undefined)
    return `${name} is missing${describedBy(issue.inst)}`;
  if (issue.code === "invalid_type")
    return `${name} is not accepted: ${article(issue.expected)} is accepted here${describedBy(issue.inst)}`;
  if (issue.code === "invalid_value")
    return unknown("The value", String(issue.input), issue.values.map(String));
  if (issue.code === "invalid_union") return unionMessage(issue.inst, name);
  return bounds(issue, name);
}

/** Refinements and patterns carry their own sentence. */
function bounds(issue: z.core.$ZodRawIssue, name: string): string | undefined {
  if (issue.code === "too_small")
    return `${name} is too small or empty: at least ${String(issue.minimum)} is accepted`;
  if (issue.code === "too_big")
    return `${name} is too large: at most ${String(issue.maximum)} is accepted`;
  if (issue.code === "invalid_key")
    return `${name} cannot be a name here: small letters, digits, _ and dots are accepted`;
  return undefined;
}

const describedBy = (inst: unknown): string =>
  inst instanceof z.ZodType && inst.description !== undefined ? ` (${inst.description})` : "";

const article = (expected: string): string =>
  ({ string: "a text", int: "a whole number", number: "a number", boolean: "true or false", array: "a list", object: "a group of names and values", record: "a group of names and values" })[expected] ?? expected; // prettier-ignore

function unionMessage(inst: unknown, name: string): string {
  if (!(inst instanceof z.ZodDiscriminatedUnion)) return `${name} is not accepted here`;
  const kinds = inst.options.flatMap((option) => {
    const kind: unknown = option instanceof z.ZodObject ? option.shape["kind"] : undefined;
    return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
  });
  return `kind is not known; accepted: ${kinds.join(", ")}`;
}
