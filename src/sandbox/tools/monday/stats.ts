import type { Counts } from "../simulated.ts";
import { type Account, users } from "./account.ts";

export function statsOf(account: Account, limited: number): Counts {
  const all = [...account.boards.values(), ...account.items.values()];
  const living = (records: Iterable<{ state: string }>) =>
    [...records].filter(({ state }) => state === "active").length;
  return {
    limited,
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
