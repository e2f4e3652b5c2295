import { z } from "zod";
import { connectionField } from "../input.ts";
import { operation } from "../operation.ts";
import { deliveriesView, findTold } from "./view.ts";

export const deliveriesSwitchOn = operation("deliveries.switch-on", {
  title: "Switching a connection's deliveries on again",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),

  async run({ connection: name }, { world, at }) {
    const connection = await findTold(world, name);
    if (await world.deliveries.turn(connection.name, { kind: "on" }, at)) {
      await world.outbox.tell({ kind: "endpoint", connection: connection.name });
      await world.queue.add({ kind: "deliver" });
    }
    return deliveriesView(world, connection);
  },
});
