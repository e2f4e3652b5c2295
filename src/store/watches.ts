import { z } from "zod";
import { connectionName } from "#domain/ids.ts";
import type { HookAddress } from "#domain/ports/hooks.ts";
import type { Watch, Watches, WatchState } from "#domain/ports/watches.ts";
import { clean } from "./clean.ts";
import { and, eq } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { watches } from "./tables/watches.ts";

export const watchesIn = ({ orm }: Database): Watches => ({
  async of(connection) {
    const rows = await orm
      .select()
      .from(watches)
      .where(eq(watches.connection, connection))
      .orderBy(watches.name);
    return rows.map(toWatch);
  },

  async put({ connection, name, address, origin, at, state }) {
    const known = { connection, name: clean(name), address, origin, at, ...columnsOf(state) };
    await orm
      .insert(watches)
      .values(known)
      .onConflictDoUpdate({ target: [watches.connection, watches.name], set: known });
  },

  async remove(connection, name) {
    await orm
      .delete(watches)
      .where(and(eq(watches.connection, connection), eq(watches.name, clean(name))));
  },
});

type Row = typeof watches.$inferSelect;

function columnsOf(
  state: WatchState,
): Pick<Row, "state" | "hook" | "kept" | "expires" | "problem"> {
  const none = { hook: null, kept: null, expires: null, problem: null };
  switch (state.kind) {
    case "asked":
      return { state: "asked", ...none };
    case "made": {
      const { id, kept, expires } = state.hook;
      return { state: "made", hook: clean(id), kept: clean(JSON.stringify(kept)), expires, problem: null }; // prettier-ignore
    }
    case "refused":
      return { state: "refused", ...none, problem: clean(state.problem) };
    default:
      return state satisfies never;
  }
}

const Kept = z.record(z.string(), z.string());

function toWatch({ connection, name, address, origin, at, ...row }: Row): Watch {
  const { hook, kept, expires } = row;
  const state: WatchState =
    row.state === "made" && hook !== null
      ? { kind: "made", hook: { id: hook, kept: Kept.parse(JSON.parse(kept ?? "{}")), expires } }
      : row.state === "refused"
        ? { kind: "refused", problem: row.problem ?? "" }
        : { kind: "asked" };
  return { connection: connectionName(connection), name, address: address as HookAddress, origin, at, state }; // prettier-ignore
}
