import type { ObjectSpec } from "../manifest.ts";
import { placeholdersIn, textsIn } from "../template.ts";
import type { WriteCall, WriteSpec } from "../write-spec.ts";
import { sent } from "./requests.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Records that are known by their key at the source are written one by one and never looked at again. */
export const keyedWrites: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    if (spec.write === undefined) continue;
    const path = [...at, "write"];
    if (spec.write.known_by === "key") yield* judgeKeyed(at, spec, spec.write);
    for (const [index, call] of spec.write.calls.entries())
      if (call.event !== undefined && spec.write.batch > 1)
        yield finding([...path, "calls", index, "event"], "An event is about one record: batch: 1 is accepted with it"); // prettier-ignore
  }
};

function* judgeKeyed(
  at: readonly PropertyKey[],
  spec: ObjectSpec,
  write: WriteSpec,
): Iterable<Finding> {
  const path = [...at, "write"];
  if (write.batch > 1)
    yield finding([...path, "batch"], "known_by: key is for records written one by one: batch: 1 is accepted"); // prettier-ignore
  if (write.repeat === "lookup" || write.repeat === "upsert")
    yield finding([...path, "repeat"], "What cannot be read back is repeated by request_id or by nothing"); // prettier-ignore
  for (const name of ["read", "find"] as const)
    if (spec[name] !== undefined)
      yield finding([...at, name], `known_by: key says that nothing can be read back, so ${name} is not accepted`); // prettier-ignore
  if (spec.version !== undefined)
    yield finding([...at, "version"], "Nothing is read back of a record known by its key, so its version cannot be known"); // prettier-ignore
  for (const [index, call] of write.calls.entries()) {
    const place = [...path, "calls", index];
    if (call.results !== undefined)
      yield finding([...place, "results"], "With known_by: key nothing of the answer is read, so results are not accepted"); // prettier-ignore
    if (call.after.length > 0)
      yield finding([...place, "after"], "With known_by: key there is no id to go on with, so after is not accepted"); // prettier-ignore
    yield* judgeNaming(place, call);
  }
}

/** In the request itself or in what is sent of the record. */
function* judgeNaming(path: readonly PropertyKey[], call: WriteCall): Iterable<Finding> {
  const everywhere = sent({ path, request: call });
  for (const kind of ["create", "update", "archive"] as const) {
    const template = call[kind];
    if (template === undefined) continue;
    const own = textsIn(template).flatMap((text) => placeholdersIn(text).map(({ name }) => name));
    if (!own.includes("key") && !everywhere.has("key"))
      yield finding([...path, kind], `${kind} has to say which record: {key}`);
  }
}
