import type { ToolStats } from "../simulated-tool.ts";
import type { ToolServer } from "../tool-server.ts";
import { users, type Workspace } from "./workspace.ts";

export function statsOf(space: Workspace, server: ToolServer, limited: number): ToolStats {
  const all = [...space.projects.values(), ...space.tasks.values()];
  const living = (items: Iterable<{ deleted_at: string | null }>) =>
    [...items].filter(({ deleted_at }) => deleted_at === null).length;
  return {
    requests: { ...server.requests },
    limited,
    faults: server.faults.fired,
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
