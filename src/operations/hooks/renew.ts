import { z } from "zod";
import { connectionField } from "../input.ts";
import { operation } from "../operation.ts";
import { placesOf } from "./addresses.ts";
import { findHooked, hooksView } from "./view.ts";

export const hooksRenew = operation("hooks.renew", {
  title: "Making a connection's addresses",
  needs: "admin",
  audited: "always",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),

  async run({ connection: name }, { world, at }) {
    const hooked = await findHooked(world, name);
    const { connection, facts, hooks } = hooked;
    const token = await world.hooks.renew(connection.name, at);
    return {
      ...(await hooksView(world, hooked)),
      addresses: placesOf(world, facts, hooks, token),
      key: hooks.token === "as_key" ? token : null,
    };
  },
});
