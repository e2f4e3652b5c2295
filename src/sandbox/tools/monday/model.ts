/** What the simulated account holds. Ids are longer than 32 bits. */

export type State = "active" | "archived" | "deleted";

export type User = {
  id: string;
  name: string;
  email: string;
  title: string;
  status: "ACTIVE" | "INACTIVE";
};

/** Labels of a status by index, of a dropdown by id. */
export type Label = { id: number; name: string; color: string; done: boolean };

export type Column = {
  id: string;
  title: string;
  type: string;
  description: string | null;
  /** Of a status or dropdown. */
  labels: Label[];
  /** Of a connect-boards column: where it may point. */
  boards: string[];
  /** Of a mirror: through which column of this board, and which columns there. */
  through: string | null;
  mirrored: string[];
};

export type Group = { id: string; title: string; color: string };

export type Board = {
  id: string;
  name: string;
  description: string | null;
  state: State;
  kind: "public" | "private" | "share";
  type: "board" | "document";
  /** Whether our user may only look. */
  locked: boolean;
  workspace: string | null;
  terminology: string;
  columns: Column[];
  groups: Group[];
  owners: string[];
  created_at: string;
  updated_at: string;
};

/** What a cell holds, in the shape that its column's type keeps, and since when. */
export type Cell = { held: unknown; at: string };

export type Item = {
  id: string;
  board: string;
  group: string;
  name: string;
  state: State;
  cells: Record<string, Cell>;
  /** Place on the board. */
  order: number;
  creator: string;
  updater: string;
  created_at: string;
  updated_at: string;
};
