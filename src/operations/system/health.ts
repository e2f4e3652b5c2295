import { z } from "zod";
import { connectionViews } from "../connections/view.ts";
import { operation } from "../operation.ts";

export const health = operation("health", {
  title: "Looking at Tieline's health",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world }) {
    const { about, runs, outbox } = world;
    const database = await about.database();
    const [unfinished, waiting, connections] = await Promise.all([
      runs.unfinished(),
      outbox.waiting(),
      connectionViews(world),
    ]);
    const running = unfinished.filter(({ state }) => state.kind === "running").length;
    return {
      version: about.version,
      upSince: about.upSince,
      database,
      queue: { running, waiting: unfinished.length - running },
      outbox: { waiting },
      slack: about.slack(),
      connections: connections.map(({ connection, title, signedIn }) => ({
        name: connection.name,
        title,
        signedIn,
      })),
    };
  },
});
