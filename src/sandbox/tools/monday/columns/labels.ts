import type { Column, Label } from "../model.ts";
import { wrongColumnValue } from "../failures.ts";
import { BY_LIST, type ColumnKind, isBlank, objectIn, type Writing } from "./column-kind.ts";

/** The status with which a cell counts as empty. */
const CLEARED = 5;

const labelOf = ({ labels }: Column, id: number): Label | undefined =>
  labels.find((label) => label.id === id);

/** Finds a label by its exact name, or adds it where that was asked for. */
function named({ column, addLabels }: Writing, name: string, inner: string): number {
  const known = column.labels.find((label) => label.name === name);
  if (known !== undefined) return known.id;
  if (!addLabels) throw wrongColumnValue("label does not exist in column", inner);
  const taken = column.labels.map(({ id }) => id);
  let id = 0;
  while (taken.includes(id) || (inner === "color" && id === CLEARED)) id += 1;
  column.labels.push({ id, name, color: "#9aadbd", done: false });
  return id;
}

/** Kept as the label's index. */
export const status: ColumnKind<number> = {
  type: "status",
  inner: "color",
  shows: "StatusValue",
  operators: BY_LIST,
  write(given, writing) {
    if (isBlank(given)) return null;
    const { label, index } = objectIn(given) ?? { label: given };
    if (label === "" || label === null) return null;
    if (typeof label === "string") return named(writing, label, "color");
    if (index === CLEARED) return null;
    if (typeof index !== "number" || labelOf(writing.column, index) === undefined)
      throw wrongColumnValue("label does not exist in column", "color");
    return index;
  },
  text: (held, { column }) => (held === null ? "" : (labelOf(column, held)?.name ?? "")),
  value: (held) => (held === null ? null : { index: held, post_id: null }),
  fields(held, { column }) {
    const label = held === null ? undefined : labelOf(column, held);
    return {
      index: held,
      label: label?.name ?? null,
      is_done: label?.done ?? false,
      label_style: label === undefined ? null : { color: label.color, border: label.color },
      update_id: null,
    };
  },
  sought(held, showing) {
    const text = status.text(held, showing) ?? "";
    return {
      empty: held === null,
      text,
      terms: [String(held ?? CLEARED)],
      order: held ?? CLEARED,
    };
  },
};

/** Kept as the ids of the labels. Their names are compared with their capitals. */
export const dropdown: ColumnKind<number[]> = {
  type: "dropdown",
  inner: "dropdown",
  shows: "DropdownValue",
  operators: BY_LIST,
  write(given, writing) {
    if (isBlank(given)) return null;
    const { labels, ids } = objectIn(given) ?? { labels: String(given as string).split(",") };
    if (labels !== undefined && ids !== undefined)
      throw wrongColumnValue("labels and ids cannot be mixed", "dropdown");
    const chosen = (labels ?? ids ?? []) as unknown[];
    if (!Array.isArray(chosen)) throw wrongColumnValue("a list is expected", "dropdown");
    const found = chosen.map((one) => {
      if (labels !== undefined) return named(writing, String(one).trim(), "dropdown");
      const id = Number(one);
      if (labelOf(writing.column, id) === undefined)
        throw wrongColumnValue("label does not exist in column", "dropdown");
      return id;
    });
    return found.length === 0 ? null : [...new Set(found)];
  },
  text: (held, { column }) =>
    (held ?? []).flatMap((id) => labelOf(column, id)?.name ?? []).join(", "),
  value: (held) => held && { ids: held },
  fields: (held, { column }) => ({
    values: (held ?? []).map((id) => ({ id: String(id), label: labelOf(column, id)?.name ?? "" })),
  }),
  sought(held, showing) {
    const text = dropdown.text(held, showing) ?? "";
    return { empty: held === null, text, terms: (held ?? []).map(String), order: text };
  },
};
