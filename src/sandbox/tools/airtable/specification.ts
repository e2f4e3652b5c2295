import { type JsonObject, objectWith, texts } from "./body.ts";
import { badRequest, invalid } from "./errors.ts";
import { fieldOf, type Schema } from "./schema.ts";

const DATA_TYPES = ["tableData", "tableFields", "tableMetadata"];
const CHANGE_TYPES = ["add", "update", "remove"];
const SOURCES = ["client", "publicApi", "formSubmission", "formPageSubmission", "automation", "system", "sync", "anonymousUser", "unknown"]; // prettier-ignore
const FILTERS = ["dataTypes", "recordChangeScope", "changeTypes", "fromSources", "watchDataInFieldIds"]; // prettier-ignore
const INCLUDES = ["includePreviousCellValues", "includePreviousFieldDefinitions", "includeCellValuesInFieldIds"]; // prettier-ignore

/** What a webhook is to be told of. Changes of fields and tables may be asked for, and never come. */
export type Specification = {
  options: {
    filters: {
      dataTypes: string[];
      recordChangeScope?: string;
      changeTypes?: string[];
      fromSources?: string[];
      watchDataInFieldIds?: string[];
    };
    includes?: {
      includePreviousCellValues?: boolean;
      includePreviousFieldDefinitions?: boolean;
      includeCellValuesInFieldIds?: string[] | "all";
    };
  };
};

/** Refuses what Airtable would; which type its 422 has there is unverified. */
export function specificationIn(value: unknown, schema: Schema): Specification {
  const options = objectWith(objectWith(value, ["options"])["options"], ["filters", "includes"]);
  const filters = objectWith(options["filters"], FILTERS);
  if (among(filters, "dataTypes", DATA_TYPES).length === 0) throw badRequest();
  among(filters, "changeTypes", CHANGE_TYPES);
  among(filters, "fromSources", SOURCES);
  const scope = filters["recordChangeScope"];
  const tables = schema.tables();
  const known = tables.some(({ id, views }) => id === scope || views.some((view) => view.id === scope)); // prettier-ignore
  if (scope !== undefined && !known) throw wrongFilters();
  const fields = filters["watchDataInFieldIds"] === undefined ? [] : texts(filters["watchDataInFieldIds"]); // prettier-ignore
  if (fields.some((id) => !tables.some((table) => fieldOf(table, id)?.id === id)))
    throw wrongFilters();
  if (options["includes"] !== undefined) objectWith(options["includes"], INCLUDES);
  return value as Specification;
}

function among(filters: JsonObject, name: string, allowed: string[]): string[] {
  const given = filters[name] === undefined ? [] : texts(filters[name]);
  if (given.some((one) => !allowed.includes(one))) throw wrongFilters();
  return given;
}

const wrongFilters = () => invalid("INVALID_FILTERS", "The webhook's filters are invalid");
