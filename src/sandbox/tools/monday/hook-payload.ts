import { randomBytes } from "node:crypto";
import { columnKinds } from "./columns/index.ts";
import type { Happening } from "./happenings.ts";
import type { Hook } from "./hooks.ts";
import type { Column } from "./model.ts";

/** How what happened is called in a message, which is not how one subscribes to it. */
const TYPES = {
  item_created: "create_pulse",
  item_archived: "archive_pulse",
  item_deleted: "delete_pulse",
  item_restored: "restore_pulse",
  name_changed: "update_name",
  cell_changed: "update_column_value",
  item_moved: "move_pulse_into_group",
  column_created: "create_column",
} as const satisfies Record<Happening["kind"], string>;

/**
 * The body of a message. The set of fields is from memory of the documentation: unverified. Items that
 * leave are told as `itemId` there, all others as `pulseId`.
 */
export function payload(hook: Hook, happening: Happening): string {
  const { board, item, user, at, kind } = happening;
  const leaving = ["item_archived", "item_deleted", "item_restored"].includes(kind);
  const group = board.groups.find(({ id }) => id === item?.group);
  const about = leaving
    ? { itemId: Number(item?.id), itemName: item?.name }
    : item !== null && {
        pulseId: Number(item.id),
        pulseName: item.name,
        groupId: group?.id,
        groupName: group?.title,
        groupColor: group?.color,
        isTopGroup: board.groups[0]?.id === group?.id,
      };
  const event = {
    app: "monday",
    type: TYPES[kind],
    triggerTime: new Date(at).toISOString(),
    subscriptionId: Number(hook.id),
    userId: Number(user),
    originalTriggerUuid: null,
    boardId: Number(board.id),
    ...about,
    ...detail(happening),
    triggerUuid: randomBytes(16).toString("hex"),
  };
  return JSON.stringify({ event });
}

function detail(happening: Happening): Record<string, unknown> {
  switch (happening.kind) {
    case "item_created":
      return { columnValues: cellsTold(happening) };
    case "name_changed": {
      const { item, previous } = happening;
      return { value: { name: item?.name }, previousValue: { name: previous } };
    }
    case "cell_changed": {
      const { column, value, previous, at } = happening;
      const [now, before] = [valueTold(column, value), valueTold(column, previous)];
      const changedAt = Date.parse(at) / 1000;
      return { ...columnTold(column), value: now, previousValue: before, changedAt };
    }
    case "item_moved": {
      const { from, to } = happening;
      return { sourceGroupId: from?.id ?? null, destGroupId: to.id, destGroup: to };
    }
    case "column_created":
      return columnTold(happening.column);
    case "item_archived":
    case "item_deleted":
    case "item_restored":
      return {};
    default:
      return happening satisfies never;
  }
}

function cellsTold({ board, item }: Happening): Record<string, unknown> {
  const cells = Object.entries(item?.cells ?? {}).flatMap(([id, { held }]) =>
    board.columns
      .filter((column) => column.id === id)
      .map((column): [string, unknown] => [id, valueTold(column, held)]),
  );
  return Object.fromEntries(cells);
}

const columnTold = ({ id, type, title }: Column) => ({
  columnId: id,
  columnType: columnKinds.get(type)?.inner ?? type,
  columnTitle: title,
});

/** A third form of a value, beside the written and the read one. */
const valueTold = (column: Column, held: unknown): unknown =>
  held === null ? null : (TOLD[column.type] ?? asHeld)(held, column);

const asHeld = (held: unknown): unknown => held;

const TOLD: Record<string, (held: unknown, column: Column) => unknown> = {
  text: (value) => ({ value }),
  long_text: (text) => ({ text }),
  numbers: (held) => ({ value: Number(held), unit: null }),
  checkbox: () => ({ checked: true }),
  status(index, { labels }) {
    const label = labels.find(({ id }) => id === index);
    const style = { color: label?.color, border: label?.color };
    return { label: { index, text: label?.name, style, is_done: label?.done }, post_id: null };
  },
  dropdown: (held, { labels }) => ({
    chosenValues: labels
      .filter(({ id }) => (held as number[]).includes(id))
      .map(({ id, name }) => ({ id, name })),
  }),
  people: (held) => ({
    personsAndTeams: (held as string[]).map((id) => ({ id: Number(id), kind: "person" })),
  }),
  board_relation: (held) => ({
    linkedPulseIds: (held as string[]).map((id) => ({ linkedPulseId: Number(id) })),
  }),
};
