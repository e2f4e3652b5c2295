import { Refusal, type Request } from "../http.ts";
import { bodyOf, flag, isObject, type JsonObject, objectWith, texts } from "./body.ts";
import { badRequest, invalid, noSuchModel, unknownField } from "./errors.ts";
import { type Node, parseFormula } from "./formula/parse.ts";
import { type Field, fieldOf, type Table, type View, viewOf } from "./schema.ts";
import type { Showing } from "./shown.ts";

export type Sorting = { field: Field; descending: boolean };
export type ListOptions = {
  pageSize: number;
  /** In all pages together. */
  most: number;
  offset: string | null;
  view: View | null;
  filter: Node | null;
  sort: Sorting[];
  showing: Showing;
};

/** `method` means nothing to Airtable, but its own client sends it. */
const KNOWN = ["pageSize", "maxRecords", "offset", "view", "filterByFormula", "sort", "fields", "returnFieldsByFieldId", "recordMetadata", "cellFormat", "timeZone", "userLocale", "method"]; // prettier-ignore

/** The options of `GET …/{table}`, written in the address as jQuery does: `sort[0][field]=Name`. */
export function optionsInQuery(query: URLSearchParams, table: Table): ListOptions {
  const given: JsonObject = {};
  const sort: JsonObject[] = [];
  for (const [key, value] of query) {
    const [, list] = /^(fields|recordMetadata)\[\d*\]$/.exec(key) ?? [];
    const [, at, part] = /^sort\[(\d+)\]\[(field|direction)\]$/.exec(key) ?? [];
    if (list !== undefined) given[list] = [...((given[list] as string[] | undefined) ?? []), value];
    else if (part !== undefined) sort[Number(at)] = { ...sort[Number(at)], [part]: value };
    else given[key] = value;
  }
  for (const name of ["pageSize", "maxRecords"]) {
    if (given[name] !== undefined) given[name] = Number(given[name]);
  }
  const byId = given["returnFieldsByFieldId"];
  if (byId === "true" || byId === "false") given["returnFieldsByFieldId"] = byId === "true";
  return optionsOf({ ...given, ...(sort.length > 0 && { sort }) }, table);
}

/** The options of `POST …/{table}/listRecords`; zone and locale may still stand in the address. */
export function optionsInBody(request: Request, table: Table): ListOptions {
  return optionsOf(bodyOf(request, "fields", KNOWN), table);
}

function optionsOf(given: JsonObject, table: Table): ListOptions {
  objectWith(given, KNOWN);
  const fields = given["fields"] === undefined ? [] : texts(given["fields"]);
  const metadata = given["recordMetadata"] === undefined ? [] : texts(given["recordMetadata"]);
  if (metadata.some((name) => name !== "commentCount")) throw badRequest();
  // Cells as texts for people, which no program of ours asks for, are not simulated.
  if ((given["cellFormat"] ?? "json") !== "json") throw badRequest();
  return {
    pageSize: whole(given["pageSize"], 100, 100),
    most: whole(given["maxRecords"], Infinity, Infinity),
    offset: textIn(given["offset"]),
    view: viewIn(textIn(given["view"]), table),
    filter: filterIn(textIn(given["filterByFormula"]), table),
    sort: sortIn(given["sort"], table),
    showing: {
      fields: fields.length === 0 ? null : fields.map((name) => known(table, name)),
      byId: flag(given["returnFieldsByFieldId"]),
      comments: metadata.length > 0,
    },
  };
}

export function known(table: Table, name: string): Field {
  const field = fieldOf(table, name);
  if (field === undefined) throw unknownField(name);
  return field;
}

function whole(value: unknown, otherwise: number, most: number): number {
  if (value === undefined) return otherwise;
  if (typeof value !== "number" || !Number.isInteger(value)) throw badRequest();
  if (value < 1 || value > most) throw badRequest();
  return value;
}

function textIn(value: unknown): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value !== "string") throw badRequest();
  return value;
}

function viewIn(key: string | null, table: Table): View | null {
  if (key === null) return null;
  const view = viewOf(table, key);
  if (view !== undefined) return view;
  if (key.startsWith("viw")) throw new Refusal(noSuchModel());
  throw invalid("VIEW_NAME_NOT_FOUND", `View ${key} not found`);
}

const filterIn = (formula: string | null, table: Table): Node | null =>
  formula === null ? null : parseFormula(formula, (key) => fieldOf(table, key));

function sortIn(value: unknown, table: Table): Sorting[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest();
  return value.map((entry: unknown) => {
    if (!isObject(entry)) throw badRequest();
    const { field, direction = "asc" } = objectWith(entry, ["field", "direction"]);
    if (typeof field !== "string") throw badRequest();
    if (direction !== "asc" && direction !== "desc") throw badRequest();
    return { field: known(table, field), descending: direction === "desc" };
  });
}
