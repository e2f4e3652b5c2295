import { parseFieldLine } from "../field-line.ts";
import type { ObjectSpec } from "../manifest.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Records are asked for or sent to us, and what is sent has nothing that belongs to asking. */
export const inboxes: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    if ((spec.list === undefined) === (spec.inbox === undefined))
      yield finding(at, "An object is read by list or by inbox: exactly one of them is accepted");
    if (spec.inbox === undefined || spec.list !== undefined) continue;
    yield* judgeInbox(at, spec);
  }
};

function* judgeInbox(at: readonly PropertyKey[], spec: ObjectSpec): Iterable<Finding> {
  for (const name of ["changes", "gone_list", "read"] as const)
    if (spec[name] !== undefined)
      yield finding([...at, name], `The records of an inbox are sent to us, so ${name} is not accepted`); // prettier-ignore
  if (spec.sweep)
    yield finding([...at, "sweep"], "The records of an inbox cannot be asked for, so sweep is not accepted"); // prettier-ignore
  const time = spec.inbox?.at;
  const codec = time === undefined ? "instant" : parseFieldLine(time)?.codec;
  if (codec !== "instant" && codec !== "epoch_ms" && codec !== "epoch_s")
    yield finding([...at, "inbox", "at"], "path | instant, path | epoch_ms or path | epoch_s is accepted here"); // prettier-ignore
}
