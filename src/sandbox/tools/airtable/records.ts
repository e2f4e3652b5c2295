import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import type { Base } from "./base.ts";
import { noSuchModel, notFound } from "./errors.ts";
import type { Lists } from "./list.ts";
import { optionsInBody, optionsInQuery } from "./list-options.ts";
import type { Table } from "./schema.ts";
import { everything, shown } from "./shown.ts";
import { create, removeMany, removeOne, updateMany, updateOne } from "./write.ts";

/** `/v0/{base}/{table}` and below, with or without a slash at the end, as Airtable's own client has it. */
export function recordRoutes(base: Base, lists: Lists): Route[] {
  const tableIn = (request: Request): Table => {
    const table = base.schema.table(request.params["table"] ?? "");
    if (table === undefined) throw new Refusal(noSuchModel());
    return table;
  };
  const at = (
    method: string,
    path: string,
    handle: (table: Table, request: Request) => Answer,
  ): Route[] =>
    [path, `${path}/`].map((each) => ({
      method,
      path: `/v0/:base/:table${each}`,
      handle: (request) => handle(tableIn(request), request),
    }));

  return [
    ...at("GET", "", (table, { query }) =>
      json(200, lists.page(table, optionsInQuery(query, table))),
    ),
    ...at("POST", "/listRecords", (table, request) => json(200, lists.page(table, optionsInBody(request, table)))), // prettier-ignore
    ...at("POST", "", (table, request) => create(base, table, request)),
    ...at("PATCH", "", (table, request) => updateMany(base, table, request)),
    ...at("PUT", "", (table, request) => updateMany(base, table, request)),
    ...at("DELETE", "", (table, request) => removeMany(base, table, request)),
    ...at("GET", "/:record", (_, request) => one(base, request)),
    ...at("PATCH", "/:record", (table, request) => updateOne(base, table, request)),
    ...at("PUT", "/:record", (table, request) => updateOne(base, table, request)),
    ...at("DELETE", "/:record", (_, request) => removeOne(base, request)),
  ];
}

/** A record of the base by its id, in whichever of its tables: Airtable looks in the others too. */
function one(base: Base, request: Request): Answer {
  const row = base.find(request.params["record"] ?? "");
  const table = row && base.schema.table(row.table);
  if (row === undefined || table === undefined) throw new Refusal(notFound());
  const byId = request.query.get("returnFieldsByFieldId") === "true";
  return json(200, shown(base, table, row, { ...everything, byId }));
}
