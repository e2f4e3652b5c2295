import type { Shown } from "./graphql/execute.ts";
import type { Column } from "./model.ts";

/** A column as GraphQL tells it. How `settings` words a label is unverified; `settings_str` is as people report it. */
export const columnShown = (column: Column): Shown => ({
  id: column.id,
  title: column.title,
  type: column.type,
  description: column.description,
  archived: false,
  width: null,
  revision: "1",
  settings: () => settingsOf(column),
  settings_str: () => JSON.stringify(oldSettingsOf(column)),
});

function settingsOf({ type, labels, boards, through, mirrored }: Column): Shown {
  switch (type) {
    case "status":
      return {
        labels: labels.map(({ id, name, color, done }, index) => ({
          id,
          label: name,
          index,
          hex: color,
          is_done: done,
        })),
      };
    case "dropdown":
      return { labels: labels.map(({ id, name }) => ({ id, label: name })) };
    case "board_relation":
      return { boardIds: boards };
    case "mirror":
      return { relation_column: through, displayed_columns: mirrored };
    default:
      return {};
  }
}

function oldSettingsOf({ type, labels, boards, through, mirrored }: Column): Shown {
  switch (type) {
    case "status":
      return {
        done_colors: labels.filter(({ done }) => done).map(({ id }) => id),
        labels: Object.fromEntries(labels.map(({ id, name }) => [String(id), name])),
      };
    case "dropdown":
      return { settings: { labels: labels.map(({ id, name }) => ({ id, name })) } };
    case "board_relation":
      return { boardIds: boards.map(Number), allowCreateReflectionColumn: false };
    case "mirror":
      return {
        relation_column: through === null ? {} : { [through]: true },
        displayed_linked_columns: mirrored,
      };
    default:
      return {};
  }
}
