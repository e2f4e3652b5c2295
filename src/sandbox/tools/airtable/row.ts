/** A ticked checkbox is true; an empty cell is not there. Links and several choices are lists. */
export type Cell = string | number | true | string[];

/** Cells by field id. Both times are cut to the second, as Airtable shows them. */
export type Row = {
  id: string;
  table: string;
  created: string;
  modified: string;
  cells: Record<string, Cell>;
};

/** Who did it, in the words of a webhook's payload: a person in the app, or a program. */
export type Source = "client" | "publicApi";
export type Change = { table: string; id: string; before: Row | null; after: Row | null };
export type Transaction = { at: string; source: Source; changes: Change[] };
