import type { Incoming } from "#connectors/egress.ts";
import { answer, refusal, type Asked, type Json } from "./answers.ts";
import { keyOf, type ObjectName } from "./manifest.ts";
import type { NativeFields, Row } from "./rows.ts";
import type { SimTool } from "./tool.ts";

type Item = { do: "create" | "update" | "archive"; n: string; id?: string; version?: string | null; fields?: NativeFields }; // prettier-ignore
type Done = { row: Row; made?: true } | { status: number; error: Json };

/** How a tool takes what is written to it. */
export function makeWriting(its: () => SimTool) {
  /** Answers by the request's own id, where the tool keeps them. */
  const remembered = new Map<string, Incoming>();

  const no = (status: number, code: string, more: Json = {}): Done => ({
    status,
    error: { code, message: code.toLowerCase(), ...more },
  });

  function refusedFields(object: ObjectName, fields: NativeFields): Done | null {
    const refused = its().habits.refuses(object, fields);
    return refused && no(422, refused.code, { field: refused.field, message: `${refused.field} is not accepted` }); // prettier-ignore
  }

  const alike = (object: ObjectName, fields: NativeFields): Row | undefined =>
    its()
      .rows.live(object)
      .find(({ fields: theirs }) => theirs[keyOf[object]] !== undefined && theirs[keyOf[object]] === fields[keyOf[object]]); // prettier-ignore

  function create(object: ObjectName, fields: NativeFields, bytes: Buffer | null = null): Done {
    const { rows, habits, shape, now } = its();
    const refused = refusedFields(object, fields);
    if (refused !== null) return refused;
    const same = alike(object, fields);
    if (same !== undefined && shape.repeat === "upsert")
      return done(object, rows.change(object, same.id, { fields: { ...same.fields, ...habits.keeps(object, fields) } })); // prettier-ignore
    if (same !== undefined && object === "customers" && habits.unique !== "no")
      return no(409, "DUPLICATE", { message: habits.unique === "told" ? `it is there as ${same.id}` : "it is there" }); // prettier-ignore
    return { ...done(object, rows.add(object, habits.keeps(object, fields), now() + shape.findLag * 1000, bytes)), made: true }; // prettier-ignore
  }

  function done(object: ObjectName, row: Row): { row: Row } {
    const { habits, rows } = its();
    habits.after(object, row);
    return { row: rows.of(object).get(row.id) ?? row };
  }

  function update(
    object: ObjectName,
    id: string,
    version: string | null,
    fields: NativeFields,
  ): Done {
    // prettier-ignore
    const { rows, habits, shape } = its();
    const row = rows.of(object).get(id);
    if (row === undefined || row.deleted) return no(404, "GONE");
    if (shape.versions && version !== String(row.version)) return no(409, "STALE");
    const refused = refusedFields(object, { ...row.fields, ...fields });
    if (refused !== null) return refused;
    habits.before(row, fields);
    return done(object, rows.change(object, id, { fields: { ...row.fields, ...habits.keeps(object, fields) } })); // prettier-ignore
  }

  function archive(object: ObjectName, id: string, version: string | null): Done {
    const { rows, shape } = its();
    const row = rows.of(object).get(id);
    if (row === undefined || row.deleted) return no(404, "GONE");
    if (shape.versions && version !== String(row.version)) return no(409, "STALE");
    return { row: rows.change(object, id, { deleted: true }) };
  }

  const carryOut = (object: ObjectName, item: Item): Done => {
    if (item.do === "create") return create(object, item.fields ?? {});
    if (item.do === "archive") return archive(object, item.id ?? "", item.version ?? null);
    return update(object, item.id ?? "", item.version ?? null, item.fields ?? {});
  };

  const told = (it: Done): Incoming =>
    "row" in it
      ? answer(200, { record: its().shown(it.row) })
      : answer(it.status, { error: it.error });

  function single({ object, id, method, headers, body }: Asked): Done {
    const fields = body as NativeFields;
    const version = headers["if-match"] ?? null;
    if (method === "DELETE") return archive(object, id ?? "", version);
    return id === null ? create(object, fields) : update(object, id, version, fields);
  }

  function batch({ object, body }: Asked): Incoming {
    const { items } = body as { items: readonly Item[] };
    const results = items.map((item) => {
      const it = carryOut(object, item);
      return "row" in it
        ? { n: item.n, record: its().shown(it.row), made: it.made === true }
        : { n: item.n, error: it.error };
    });
    return answer(200, { results });
  }

  return {
    write(asked: Asked): Incoming {
      const id = asked.headers["idempotency-key"] ?? "";
      const keeps = its().shape.repeat === "request_id" && asked.object !== "files";
      const before = keeps ? remembered.get(id) : undefined;
      if (before !== undefined) return before;
      const isBatch = (asked.body as { items?: unknown }).items !== undefined;
      const made = isBatch ? batch(asked) : told(single(asked));
      if (keeps) remembered.set(id, made);
      return made;
    },

    /** Dropbox's way: a new file is not put over another one, and one that is there only as it was seen. */
    upload({ headers, bytes }: Asked): Incoming {
      const { rows, shown } = its();
      const argument = JSON.parse(headers["dropbox-api-arg"] ?? "{}") as { path: string; mode: "add" | "overwrite" | { update: string } }; // prettier-ignore
      const { path, mode } = argument;
      if (mode === "add") {
        const there = rows.live("files").some(({ fields }) => fields["path"] === path);
        if (there) return refusal(409, "DUPLICATE");
        const made = create("files", { path, name: path.slice(path.lastIndexOf("/") + 1), kind: "file" }, bytes); // prettier-ignore
        return "row" in made ? answer(200, shown(made.row)) : told(made);
      }
      const row = rows.of("files").get(path);
      if (row === undefined || row.deleted) return refusal(404, "GONE");
      if (typeof mode === "object" && mode.update !== String(row.version)) return refusal(409, "DUPLICATE"); // prettier-ignore
      return answer(200, shown(rows.change("files", row.id, { bytes })));
    },
  };
}
