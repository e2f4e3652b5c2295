import { parseFieldLine } from "../field-line.ts";
import type { ChangesSpec, ObjectSpec } from "../manifest.ts";
import { textsIn } from "../template.ts";
import { sent } from "./requests.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** What changed is told by a time of modification: by one of creation edits would never be seen. */
export const changeTimes: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    yield* judgeTime([...at, "changed"], spec);
    if (spec.changes !== undefined) yield* judgeChanges([...at, "changes"], spec, spec.changes);
  }
};

const instead =
  "so edits would never be seen; a time of modification is accepted, or append_only: true";

function* judgeTime(path: readonly PropertyKey[], spec: ObjectSpec): Iterable<Finding> {
  if (spec.changed === undefined) return;
  const codec = parseFieldLine(spec.changed)?.codec;
  if (codec !== "instant" && codec !== "epoch_ms")
    yield finding(path, "path | instant or path | epoch_ms is accepted here");
  if (spec.changes !== undefined && spec.append_only !== true && /creat/i.test(spec.changed))
    yield finding(path, `This is a time of creation, ${instead}`);
}

function* judgeChanges(
  path: readonly PropertyKey[],
  spec: ObjectSpec,
  changes: ChangesSpec,
): Iterable<Finding> {
  if (spec.changed === undefined)
    yield finding(path, "changes needs changed: where a record says when it changed");
  if (!sent({ path, request: changes }).has("since"))
    yield finding(path, "changes never asks since when; put {since} into the request");
  if (spec.append_only !== true && asksByCreation(changes))
    yield finding(path, `This asks by time of creation, ${instead}`);
  if (changes.next?.kind === "window" && changes.tie === undefined)
    yield finding(path, "Paging kind window needs tie, for a moment that holds more than its cap");
}

const asksByCreation = ({ query, body }: ChangesSpec): boolean =>
  [query ?? null, body ?? null].some((part) =>
    textsIn(part).some((text) => /\bcreat(e|ed)_?(at|date|time|on)\b/i.test(text)),
  );
