import { type Answer, json, type Request } from "../http.ts";
import { columnAt, selectionOf, shownRow } from "./columns.ts";
import type { Cursor, Cursors } from "./cursors.ts";
import { type Data, type DataRoute, dataRoute } from "./data-route.ts";
import { invalidLocator, invalidQuery } from "./errors.ts";
import { parse } from "./soql/parse.ts";
import { run } from "./soql/run.ts";

export type Paging = {
  /** Pages may always be smaller than asked for, as they are where rows are wide. */
  mostRows: number;
};

const LARGEST = 2000;
const SMALLEST = 200;

/** `/query` and `/queryAll`, page by page. */
export function queryRoutes(data: Data, cursors: Cursors, paging: Paging): DataRoute[] {
  const { organisation, schema } = data;

  function page(cursor: Cursor, from: number, name: string | null, base: string): Answer {
    const object = schema.object(cursor.object);
    if (object === undefined) throw invalidLocator();
    const columns = cursor.paths.map((path) => columnAt(schema, object, path));
    const selection = selectionOf(object, columns);
    const until = from + cursor.size;
    const done = until >= cursor.ids.length;
    const rows = cursor.ids.slice(from, until).flatMap((id) => organisation.get(object, id) ?? []);
    return json(200, {
      totalSize: cursor.ids.length,
      done,
      ...(!done && {
        nextRecordsUrl: `${base}/query/${name ?? cursors.keep(cursor)}-${String(until)}`,
      }),
      records: rows
        .filter((row) => cursor.all || row["IsDeleted"] !== true)
        .map((row) => shownRow(organisation, selection, organisation.seen(row) ?? row, base)),
    });
  }

  const first = (all: boolean) => (request: Request, base: string) => {
    const statement = request.query.get("q");
    if (statement === null) throw invalidQuery("A query string has to be specified");
    const select = parse(statement);
    const { rows, columns, selection } = run(data, select, all);
    if (select.fields.length === 0)
      return json(200, { totalSize: rows.length, done: true, records: [] });
    const cursor = {
      object: selection.object.name,
      paths: columns.map(({ path }) => path),
      ids: rows.map(({ Id }) => Id),
      all,
      size: Math.min(asked(request), paging.mostRows),
      ends: 0,
    };
    return page(cursor, 0, null, base);
  };

  const next = (request: Request, base: string) => {
    const [, name = "", from = ""] = /^(\w+)-(\d+)$/.exec(request.params["locator"] ?? "") ?? [];
    const cursor = cursors.find(name);
    if (cursor === undefined || Number(from) >= cursor.ids.length) throw invalidLocator();
    return page(cursor, Number(from), name, base);
  };

  return [
    ...dataRoute("GET", "/query", first(false)),
    ...dataRoute("GET", "/queryAll", first(true)),
    ...dataRoute("GET", "/query/:locator", next),
    ...dataRoute("GET", "/queryAll/:locator", next),
  ];
}

/** `Sforce-Query-Options: batchSize=500`; Salesforce takes it as a wish, from 200 to 2,000. */
function asked({ headers }: Request): number {
  const option = String(headers["sforce-query-options"] ?? "");
  const size = Number(/batchSize\s*=\s*(\d+)/i.exec(option)?.[1] ?? LARGEST);
  return Math.min(LARGEST, Math.max(SMALLEST, size));
}
