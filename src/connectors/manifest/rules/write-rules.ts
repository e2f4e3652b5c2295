import type { Manifest, ObjectSpec } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import { textsIn } from "../template.ts";
import type { AfterSpec, WriteCall, WriteSpec } from "../write-spec.ts";
import { sent } from "./requests.ts";
import { type Finding, finding, objectsOf, type Rule } from "./rule.ts";

/** Updates say which record they mean, and prove that it has not changed where the tool asks for it. */
export const writes: Rule = function* (manifest) {
  for (const { at, spec } of objectsOf(manifest)) {
    if (spec.gone_list !== undefined && spec.gone === undefined)
      yield finding(
        [...at, "gone_list"],
        "gone_list needs gone: how a record says that it is gone",
      );
    if (spec.write === undefined) continue;
    yield* judgeSettings([...at, "write", "settings"], spec.write, manifest);
    if (spec.read === undefined && spec.write.known_by === "id")
      yield finding([...at, "write"], "An object that is written needs read, to see what is there");
    const taken = new Set<string>();
    for (const [index, call] of spec.write.calls.entries()) {
      const path = [...at, "write", "calls", index];
      yield* judgeTemplates(path, spec, call, taken);
      yield* judgeUpsert(path, index, spec.write, call, manifest);
      yield* judgeRequest(path, spec.write, call);
      for (const [number, after] of call.after.entries())
        yield* judgeAfter([...path, "after", number], after);
    }
  }
};

function* judgeTemplates(
  path: readonly PropertyKey[],
  spec: ObjectSpec,
  call: WriteCall,
  taken: Set<string>,
): Iterable<Finding> {
  for (const kind of ["create", "update", "archive"] as const) {
    const template = call[kind];
    if (template === undefined) continue;
    if (taken.has(kind)) yield finding([...path, kind], `An earlier call takes ${kind} already`);
    if (call.upserts_by === undefined) taken.add(kind);
    if (kind === "create") continue;
    const words = textsIn(template).join(" ");
    if (!words.includes("{id}") && spec.write?.known_by === "id")
      yield finding([...path, kind], `${kind} has to say which record: {id}`);
    if (spec.version !== undefined && spec.content === undefined && !words.includes("{version}"))
      yield finding([...path, kind], `${kind} has to carry the record's version: {version}`);
  }
}

/** Those that have no such field create records by a later call. */
function* judgeUpsert(
  path: readonly PropertyKey[],
  index: number,
  { calls, repeat }: WriteSpec,
  { upserts_by: name, ...call }: WriteCall,
  { settings }: Manifest,
): Iterable<Finding> {
  if (name === undefined) return;
  const at = [...path, "upserts_by"];
  const optional = Object.keys(settings).filter((one) => settings[one]?.optional);
  if (!optional.includes(name)) yield finding(at, unknown("The optional setting", name, optional));
  if (!sent({ path, request: call }).has(name))
    yield finding(at, `The tool is never told by which field: put {${name}} into the request`);
  const others = calls.slice(index + 1).filter((one) => one.upserts_by === undefined);
  if (call.create === undefined || call.update !== undefined || call.archive !== undefined)
    yield finding(at, "A call with upserts_by takes create, and nothing else");
  else if (!others.some(({ create }) => create !== undefined))
    yield finding(at, "A connection without that field needs a later call that takes create");
  if (repeat === "upsert")
    yield finding(at, "repeat: upsert says that every connection upserts; without upserts_by, or with another repeat"); // prettier-ignore
}

/** A setting that every connection has need not be asked for. */
function* judgeSettings(
  path: readonly PropertyKey[],
  write: WriteSpec,
  { settings }: Manifest,
): Iterable<Finding> {
  const optional = Object.keys(settings).filter((name) => settings[name]?.optional);
  for (const [index, name] of write.settings.entries())
    if (!optional.includes(name))
      yield finding([...path, index], unknown("The optional setting", name, optional));
}

/** What is asked for several records at once says which ones, and which of them were refused. */
function* judgeAfter(path: readonly PropertyKey[], after: AfterSpec): Iterable<Finding> {
  if (after.batch === 1) return;
  if (after.item === undefined || !sent({ path, request: after }).has("items"))
    yield finding(path, "A request for several records needs item, and {items} in the request");
  if (after.failed === undefined)
    yield finding(path, "A request for several records needs failed: where an answer tells a refusal"); // prettier-ignore
}

function* judgeRequest(
  path: readonly PropertyKey[],
  { batch, repeat }: WriteSpec,
  call: WriteCall,
): Iterable<Finding> {
  const uses = sent({ path, request: call });
  if (batch > 1 && !uses.has("items"))
    yield finding(path, "A call that carries several writes has to send {items}");
  if (call.results?.as_written === true && call.results.record === undefined)
    yield finding([...path, "results"], "as_written needs record: where the record stands in a result"); // prettier-ignore
  if (repeat === "request_id" && !uses.has("request"))
    yield finding(path, "repeat: request_id needs {request} in the request");
  if (batch > 1 && call.results?.each !== undefined && call.results.match === undefined)
    yield finding([...path, "results"], "Results of a batch need match: how each is told to belong to a write"); // prettier-ignore
}
