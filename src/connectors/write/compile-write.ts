import { isBlank, type Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Write } from "#domain/record.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { compileJson, type Variables } from "../manifest/template.ts";
import type { WriteCall, WriteSpec } from "../manifest/write-spec.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";
import { compileResults, type ReadResults } from "./results.ts";

type Kind = Write["kind"];

/** One request that carries writes of some kinds. */
export type CallPlan = {
  prepare: Prepare;
  takes: ReadonlySet<Kind>;
  item(kind: Kind, variables: Variables): Json;
  /** Null where an answer without content means that everything was done. */
  results: ReadResults | null;
  /** Further requests for a record that was just written, each for a field it has. */
  after: readonly After[];
  /** Whether a result has to show each field as it was written. */
  asWritten: boolean;
};

type After = {
  prepare: Prepare;
  field: string;
  /** Whether this value of the field asks for it. */
  wanted(value: Value | undefined): boolean;
  /** Whether one that is there already is another one. */
  isNew: boolean;
};

export type WritePlan = { spec: WriteSpec; calls: readonly CallPlan[] };

const kinds: readonly Kind[] = ["create", "update", "archive"];

export function compileWrite(manifest: Manifest, spec: WriteSpec): WritePlan {
  return { spec, calls: spec.calls.map((call) => compileCall(manifest, call)) };
}

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
    results: call.results === undefined ? null : compileResults(call.results),
    after: call.after.map(({ field, equals, new: isNew = false, ...request }) => ({
      field,
      isNew,
      wanted: (value) => !isBlank(value) && (equals === undefined || value === equals),
      prepare: compileRequest(request, manifest),
    })),
    asWritten: call.results?.as_written === true,
  };
}
