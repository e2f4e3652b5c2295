import { codecs } from "../../codecs/index.ts";
import { parseFieldLine } from "../field-line.ts";
import type { ObjectSpec } from "../manifest.ts";
import type { ChangesSpec } from "../read-spec.ts";
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
  const wrong = wrongTime(spec.changed);
  if (wrong !== null) yield finding(path, wrong);
  if (spec.changes !== undefined && spec.append_only !== true && /creat/i.test(spec.changed))
    yield finding(path, `This is a time of creation, ${instead}`);
}

function wrongTime(changed: string): string | null {
  const { codec = "", args = null } = parseFieldLine(changed) ?? {};
  if (!["instant", "epoch_ms", "epoch_s"].includes(codec))
    return "path | instant, path | epoch_ms or path | epoch_s is accepted here";
  const wrong = codecs[codec]?.check(args, { kind: "instant" }, "reads") ?? null;
  return wrong === null ? null : `The codec ${codec} ${wrong}`;
}

function* judgeChanges(
  path: readonly PropertyKey[],
  spec: ObjectSpec,
  changes: ChangesSpec,
): Iterable<Finding> {
  // Each window begins where the last record of the one before changed.
  if (spec.changed === undefined && changes.next?.kind === "window")
    yield finding(path, "Paging kind window needs changed: where a record says when it changed");
  yield* changes.feed === undefined ? judgeTimed(path, changes) : judgeFeed(path, changes);
  if (spec.append_only !== true && asksByCreation(changes))
    yield finding(path, `This asks by time of creation, ${instead}`);
  if (changes.next?.kind === "window" && changes.tie === undefined)
    yield finding(path, "Paging kind window needs tie, for a moment that holds more than its cap");
}

function* judgeTimed(path: readonly PropertyKey[], changes: ChangesSpec): Iterable<Finding> {
  if (!sent({ path, request: changes }).has("since"))
    yield finding(path, "changes never asks since when; put {since} into the request");
  if (changes.lag === undefined)
    yield finding(path, "changes needs lag: how far back each read overlaps the one before");
}

function* judgeFeed(path: readonly PropertyKey[], changes: ChangesSpec): Iterable<Finding> {
  const { feed } = changes;
  if (!sent({ path, request: changes }).has("token"))
    yield finding(path, "A feed goes on from {token}; put it into the request");
  if (feed?.start === undefined && feed?.of_list === undefined)
    yield finding([...path, "feed"], "A feed needs start or of_list: where it begins");
}

const asksByCreation = ({ query, body }: ChangesSpec): boolean =>
  [query ?? null, body ?? null].some((part) =>
    textsIn(part).some((text) => /\bcreat(e|ed)_?(at|date|time|on)\b/i.test(text)),
  );
