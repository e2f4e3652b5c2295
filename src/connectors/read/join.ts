import type { Json } from "#domain/json.ts";
import { getAt, parsePath, setter, textOf } from "../json/path.ts";
import type { Manifest, ObjectSpec } from "../manifest/manifest.ts";
import { compileJson, type Variables } from "../manifest/template.ts";
import { compileRequest, type Prepared } from "../request/prepare.ts";
import type { Answer } from "../request/line.ts";

/** What belongs to records and is told in another list, asked for by their ids. */
export type Join = {
  /** Requests for all of these records. */
  requests(ids: readonly string[], shared: Variables): readonly Prepared[];
  /** What an answer tells, by record. */
  told(body: Json | undefined): readonly { id: string; what: Json }[];
  idOf(record: Json): string | null;
  /** Puts it into the record, as if it had come with it. */
  put(record: Record<string, Json>, what: Json): void;
};

/** The joins that a list names, from what a linter has seen. */
export const compileJoins = (
  manifest: Pick<Manifest, "headers">,
  { joins, id }: Pick<ObjectSpec, "joins" | "id">,
  names: readonly string[],
): readonly Join[] =>
  names.flatMap((name) => {
    const spec = joins[name];
    return spec === undefined ? [] : [compileJoin(manifest, spec, id)];
  });

function compileJoin(
  manifest: Pick<Manifest, "headers">,
  spec: ObjectSpec["joins"][string],
  id: string,
): Join {
  const prepare = compileRequest(spec, manifest);
  const item = compileJson(spec.item ?? null);
  const entries = getAt(spec.records);
  const whose = getAt(spec.id);
  const take = getAt(spec.take);
  const ownId = getAt(id);
  return {
    requests: (ids, shared) =>
      partsOf(ids, spec.ids).map((part) => {
        const items = part.map((one) => item({ id: one }) ?? null);
        const only = spec.ids === 1 ? part[0] : undefined;
        return prepare({ ...shared, ids: part, items, id: only });
      }),
    told(body) {
      const list = entries(body);
      return (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((entry) => {
        const of = textOf(whose(entry));
        const what = take(entry);
        return of === null || what === undefined ? [] : [{ id: of, what }];
      });
    },
    idOf: (record) => textOf(ownId(record)),
    put: setter(parsePath(spec.into) ?? []),
  };
}

function partsOf(ids: readonly string[], most: number): readonly string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += most) parts.push(ids.slice(at, at + most));
  return parts;
}

type Entries = (body: Json | undefined) => readonly { record: Json | undefined }[];

/** Completes the records of an answer by what the joins of its list tell of them. */
export async function joinTo(
  { joins, entries }: { joins: readonly Join[]; entries: Entries },
  answer: Answer,
  ask: (make: (shared: Variables) => readonly Prepared[]) => Promise<readonly (Answer | null)[]>,
): Promise<void> {
  const records = entries(answer.body).flatMap(({ record }) => (isObject(record) ? [record] : []));
  if (records.length === 0) return;
  await Promise.all(
    joins.map(async ({ requests, told, idOf, put }) => {
      const ids = [...new Set(records.flatMap((record) => idOf(record) ?? []))];
      const answers = await ask((shared) => requests(ids, shared));
      const known = new Map(answers.flatMap((one) => told(one?.body).map(({ id, what }) => [id, what]))); // prettier-ignore
      for (const record of records) {
        const what = known.get(idOf(record) ?? "");
        if (what !== undefined) put(record, what);
      }
    }),
  );
}

const isObject = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
