import type { ToolStats } from "../simulated-tool.ts";
import type { ToolServer } from "../tool-server.ts";
import { type Account, users } from "./account.ts";

export function statsOf(account: Account, server: ToolServer, limited: number): ToolStats {
  const all = [...account.boards.values(), ...account.items.values()];
  const living = (records: Iterable<{ state: string }>) =>
    [...records].filter(({ state }) => state === "active").length;
  return {
    requests: { ...server.requests },
    limited,
    faults: server.faults.fired,
    records: all.length,
    active: living(all),
    ...account.tally,
    objects: {
      boards: living(account.boards.values()),
      items: living(account.items.values()),
      users: users.length,
    },
    duplicates: 0,
  };
}
