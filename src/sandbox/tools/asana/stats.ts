import type { Counts } from "../simulated.ts";
import { users, type Workspace } from "./workspace.ts";

export function statsOf(space: Workspace, limited: number): Counts {
  const all = [...space.projects.values(), ...space.tasks.values()];
  const living = (items: Iterable<{ deleted_at: string | null }>) =>
    [...items].filter(({ deleted_at }) => deleted_at === null).length;
  return {
    limited,
    records: all.length,
    active: living(all),
    ...space.tally,
    objects: {
      projects: living(space.projects.values()),
      tasks: living(space.tasks.values()),
      users: users.length,
    },
    duplicates: 0,
  };
}
