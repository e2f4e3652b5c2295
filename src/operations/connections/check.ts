import { z } from "zod";
import { findConnection } from "../find.ts";
import { connectionField } from "../input.ts";
import { operation } from "../operation.ts";
import { lookLive } from "./look-live.ts";
import { connectionView } from "./view.ts";

export const connectionsCheck = operation("connections.check", {
  title: "Checking a connection",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),

  async run({ connection: name }, { world }) {
    const connection = await findConnection(world, name);
    const health = await lookLive(world, connection);
    return { ...(await connectionView(world, connection)), health };
  },
});
