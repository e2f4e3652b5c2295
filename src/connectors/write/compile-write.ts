import { isBlank, type Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Write } from "#domain/record.ts";
import { getAt } from "../json/path.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { compileJson, compileText, type Variables } from "../manifest/template.ts";
import type { AfterSpec, WriteCall, WriteSpec } from "../manifest/write-spec.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";
import { compileResults, type ReadResults } from "./results.ts";

type Kind = Write["kind"];

/** One request that carries writes of some kinds. */
export type CallPlan = {
  prepare: Prepare;
  takes: ReadonlySet<Kind>;
  item(kind: Kind, variables: Variables): Json;
  /** The setting without which a connection does not use it; null for one that is always there. */
  upsertsBy: string | null;
  /** Who else is sent it: the event's name, for those who asked for that event. */
  event: ((variables: Variables) => string | null) | null;
  /** Null where an answer without content means that everything was done. */
  results: ReadResults | null;
  /** Further requests for records that were just written, each for a field they have. */
  after: readonly After[];
  /** Whether a result has to show each field as it was written. */
  asWritten: boolean;
};

export type After = {
  field: string;
  /** Whether this value of the field asks for it. */
  wanted(value: Value | undefined): boolean;
  prepare: Prepare;
  batch: number;
  item(variables: Variables): Json;
  /** The first refusal in a good answer; null where there is none. */
  refusal(body: Json | undefined): Json | null;
  /** Whether one that is there already is another one. */
  isNew: boolean;
};

export type WritePlan = { spec: WriteSpec; calls: readonly CallPlan[] };

/** Settings that a connection has not given, and that writing needs. */
export const unset = ({ spec }: WritePlan, settings: Variables): readonly string[] =>
  spec.settings.filter((name) => settings[name] === undefined);

const kinds: readonly Kind[] = ["create", "update", "archive"];

export function compileWrite(manifest: Manifest, spec: WriteSpec): WritePlan {
  const calls = spec.calls.map((call) => compileCall(manifest, call));
  if (spec.known_by === "id") return { spec, calls };
  return { spec, calls: calls.map((call) => ({ ...call, prepare: unread(call.prepare) })) };
}

const unread =
  (prepare: Prepare): Prepare =>
  (variables) => ({ ...prepare(variables), unread: true });

function compileCall(manifest: Manifest, call: WriteCall): CallPlan {
  const templates = new Map(
    kinds.flatMap((kind) => {
      const template = call[kind];
      return template === undefined ? [] : [[kind, compileJson(template)] as const];
    }),
  );
  return {
    prepare: compileRequest(call, manifest),
    takes: new Set(templates.keys()),
    item: (kind, variables) => templates.get(kind)?.(variables) ?? null,
    upsertsBy: call.upserts_by ?? null,
    event: call.event === undefined ? null : compileText(call.event),
    results: call.results === undefined ? null : compileResults(call.results),
    after: call.after.map((spec) => compileAfter(manifest, spec)),
    asWritten: call.results?.as_written === true,
  };
}

function compileAfter(
  manifest: Manifest,
  { field, equals, batch, item, failed, new: isNew, ...request }: AfterSpec,
): After {
  const make = compileJson(item ?? null);
  const refusal = failed === undefined ? null : getAt(failed);
  return {
    field,
    wanted: (value) => !isBlank(value) && (equals === undefined || value === equals),
    prepare: compileRequest(request, manifest),
    batch,
    isNew: isNew === true,
    item: (variables) => make(variables) ?? null,
    refusal: (body) => refusal?.(body) ?? null,
  };
}
