import type { Cell, Change, Row } from "./row.ts";
import { type Field, fieldOf, type Schema, type Table } from "./schema.ts";

export type Draft = {
  /** The record as it will be; undefined where there is none, or none any more. */
  row(id: string): Row | undefined;
  create(table: Table): Row;
  /** The records that it adds so far. */
  begun(): Row[];
  /** Null empties the cell. The other side of a link follows. */
  set(id: string, field: Field, cell: Cell | null): void;
  /** Links to it are taken out of other records. */
  remove(id: string): void;
  /** An option that a select field does not have yet. */
  choose(table: Table, field: Field, option: string): void;
  hasChosen(field: Field, option: string): boolean;
  /** Carries all of it out as one transaction. */
  commit(at?: number): void;
};

type Rows = {
  find(id: string): Row | undefined;
  nextId(): string;
  schema: Schema;
  /** `written` are those that somebody wrote, not those whose links only follow. */
  take(at: string, changes: Change[], written: ReadonlySet<string>): void;
};

/** A write of one or several records that happens as a whole or, where it is dropped, not at all. */
export function openDraft({ find, nextId, schema, take }: Rows): Draft {
  const touched = new Map<string, { before: Row | null; after: Row | null }>();
  const written = new Set<string>();
  const options: { table: Table; field: Field; option: string }[] = [];

  function row(id: string): Row | undefined {
    const seen = touched.get(id);
    return seen === undefined ? find(id) : (seen.after ?? undefined);
  }

  function writable(id: string): Row | undefined {
    const seen = touched.get(id);
    if (seen !== undefined) return seen.after ?? undefined;
    const before = find(id);
    if (before === undefined) return undefined;
    const after = { ...before, cells: { ...before.cells } };
    touched.set(id, { before, after });
    return after;
  }

  function relink(id: string, { kind }: Field, before: string[], after: string[]): void {
    if (kind.type !== "multipleRecordLinks") return;
    for (const other of before.filter((link) => !after.includes(link))) {
      const far = writable(other);
      if (far !== undefined) put(far, kind.inverse, linksIn(far, kind.inverse).filter((link) => link !== id)); // prettier-ignore
    }
    for (const other of after.filter((link) => !before.includes(link))) {
      const far = writable(other);
      if (far !== undefined) put(far, kind.inverse, [...linksIn(far, kind.inverse), id]);
    }
  }

  function set(id: string, field: Field, cell: Cell | null): void {
    const target = writable(id);
    if (target === undefined) return;
    written.add(id);
    if (field.kind.type === "multipleRecordLinks")
      relink(id, field, linksIn(target, field.id), Array.isArray(cell) ? cell : []);
    put(target, field.id, cell);
  }

  return {
    row,
    create(table) {
      const id = nextId();
      const after: Row = { id, table: table.id, created: "", modified: "", cells: {} };
      touched.set(id, { before: null, after });
      return after;
    },
    begun: () => [...touched.values()].flatMap(({ before, after }) => (before === null && after) || []), // prettier-ignore
    set,
    remove(id) {
      const target = writable(id);
      const seen = touched.get(id);
      const table = target && schema.table(target.table);
      if (target === undefined || seen === undefined || table === undefined) return;
      for (const field of Object.keys(target.cells)) {
        const known = fieldOf(table, field);
        if (known !== undefined) relink(id, known, linksIn(target, field), []);
      }
      touched.set(id, { before: seen.before, after: null });
    },
    choose: (table, field, option) => void options.push({ table, field, option }),
    hasChosen: (field, option) => options.some((chosen) => chosen.field.id === field.id && chosen.option === option), // prettier-ignore
    commit(now = Date.now()) {
      for (const { table, field, option } of options) schema.addChoice(table, field, option);
      const at = new Date(Math.floor(now / 1000) * 1000).toISOString();
      const changes = [...touched].flatMap(([id, { before, after }]) => {
        const table = (after ?? before)?.table;
        if (table === undefined || isSame(before, after)) return [];
        if (after !== null) Object.assign(after, { modified: at, created: before?.created ?? at });
        return [{ table, id, before, after }];
      });
      take(new Date(now).toISOString(), changes, written);
    },
  };
}

const linksIn = (row: Row, field: string): string[] => {
  const cell = row.cells[field];
  return Array.isArray(cell) ? cell : [];
};

function put(row: Row, field: string, cell: Cell | null): void {
  if (cell === null || (Array.isArray(cell) && cell.length === 0)) delete row.cells[field];
  else row.cells[field] = cell;
}

const isSame = (before: Row | null, after: Row | null): boolean => {
  if (before === null || after === null) return before === after;
  const [left, right] = [before.cells, after.cells];
  const fields = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...fields].every((field) => JSON.stringify(left[field]) === JSON.stringify(right[field]));
};
