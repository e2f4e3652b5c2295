import { operation } from "../operation.ts";
import { reschedule } from "../schedules.ts";
import { planOf } from "./changes.ts";
import { fileInput } from "./file-input.ts";
import { readWorkspace } from "./read.ts";

export const workspaceApply = operation("workspace.apply", {
  title: "Applying a workspace file",
  needs: "admin",
  audited: "always",
  input: fileInput,
  told: ({ file }) => ({ file }),

  async run(file, { world, actor }) {
    const { connections, flows } = await readWorkspace(world, file);
    const plan = await planOf(world, { connections, flows });
    const owner = actor.kind === "slack" ? actor.user : null;
    const changed = new Set([...plan.connections.created, ...plan.connections.updated]);
    await world.registry.save({
      connections: connections
        .filter(({ name }) => changed.has(name))
        .map((connection) => ({ ...connection, owner: connection.owner ?? owner })),
      flows,
    });
    await reschedule(world);
    return plan;
  },
});
