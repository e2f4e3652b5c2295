import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findConnection } from "../find.ts";
import { connectionField } from "../input.ts";
import { listed } from "../nearest.ts";
import { operation } from "../operation.ts";
import { usersOf } from "./view.ts";

export const connectionsRemove = operation("connections.remove", {
  title: "Removing a connection",
  needs: "admin",
  audited: "always",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),

  async run({ connection }, { world }) {
    const found = await findConnection(world, connection);
    if (await world.registry.removeConnection(found.name)) return { name: found.name };
    const flows = await usersOf(world, found);
    throw new Mistake(
      `${found.name} is used by ${listed(flows)}; nothing was removed. Its flows need another connection first.`,
    );
  },
});
