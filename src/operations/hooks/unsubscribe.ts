import { z } from "zod";
import { connectionField, line } from "../input.ts";
import { operation } from "../operation.ts";
import { findHooked, hooksView } from "./view.ts";

export const hooksUnsubscribe = operation("hooks.unsubscribe", {
  title: "Removing who is told of an event",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    connection: connectionField,
    subscription: line("the id of a subscription"),
  }),
  told: (input) => input,

  async run({ connection: name, subscription }, { world }) {
    const hooked = await findHooked(world, name);
    const removed = await world.subscriptions.remove(hooked.connection.name, subscription);
    return { ...(await hooksView(world, hooked)), removed };
  },
});
