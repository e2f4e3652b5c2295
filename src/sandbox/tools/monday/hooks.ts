import type { Collection, Shelf } from "../../collection.ts";
import { objectIn } from "./columns/column-kind.ts";
import { wrongArgument } from "./failures.ts";
import type { Shown } from "./graphql/execute.ts";
import type { Happening } from "./happenings.ts";

export type Hook = {
  id: string;
  board: string;
  url: string;
  event: string;
  config: Record<string, unknown> | null;
  /** Made with an app's token, and therefore signed. */
  app: boolean;
};

export type Hooks = Collection<Hook>;
export const openHooks = (shelf: Shelf): Hooks => shelf.collection<Hook>("webhooks");

export const hookShown = ({ id, board, event, config }: Hook): Shown => ({
  id,
  board_id: board,
  event,
  config: config === null ? null : JSON.stringify(config),
});

/** What some events need to be told besides: which column, which group. */
const NEEDS: Record<string, string[]> = {
  change_specific_column_value: ["columnId"],
  change_status_column_value: ["columnId", "columnValue"],
  item_moved_to_specific_group: ["groupId"],
};

export function configIn(event: string, given: unknown): Hook["config"] {
  const config = given === null || given === undefined ? null : parsed(given);
  const missing = (NEEDS[event] ?? []).find((key) => !(key in (config ?? {})));
  if (missing !== undefined) throw wrongArgument(`config needs ${missing} for the event ${event}`);
  return config;
}

function parsed(given: unknown): Record<string, unknown> {
  let config: unknown = given;
  try {
    if (typeof given === "string") config = JSON.parse(given);
  } catch {
    throw wrongArgument("config is not valid JSON");
  }
  const found = objectIn(config);
  if (found === null) throw wrongArgument("config is a JSON object");
  return found;
}

const PLAIN: Partial<Record<Happening["kind"], string>> = {
  item_created: "create_item",
  item_archived: "item_archived",
  item_deleted: "item_deleted",
  item_restored: "item_restored",
  name_changed: "change_name",
  column_created: "create_column",
};

/** Whether a webhook tells of this. */
export function hears({ board, event, config }: Hook, happening: Happening): boolean {
  if (happening.board.id !== board) return false;
  if (happening.kind === "item_moved") {
    const there = config?.["groupId"] === happening.to.id;
    return event === "item_moved_to_any_group" || (event === "item_moved_to_specific_group" && there); // prettier-ignore
  }
  if (happening.kind !== "cell_changed") return event === PLAIN[happening.kind];
  const same = config?.["columnId"] === happening.column.id;
  if (event === "change_status_column_value") return same && isStatus(config, happening.value);
  return event === "change_column_value" || (event === "change_specific_column_value" && same);
}

const isStatus = (config: Hook["config"], held: unknown): boolean => {
  const wanted = objectIn(config?.["columnValue"]) ?? {};
  return wanted["$any$"] === true || wanted["index"] === held;
};
