import { z } from "zod";
import { connectionField, line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { endpointSubject } from "./endpoint-subject.ts";
import { deliveriesView, findTold } from "./view.ts";

export const deliveriesSwitchOn = operation("deliveries.switch-on", {
  title: "Switching deliveries on again",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    connection: connectionField,
    subscription: optional(line("the id of a subscription")),
  }),
  told: (asked) => asked,

  async run({ connection: name, subscription }, { world, at }) {
    const connection = await findTold(world, name);
    const view = await deliveriesView(world, connection, { subscription });
    const address = { connection: connection.name, subscription: view.subscriber?.id ?? null };
    if (!(await world.deliveries.turn(address, { kind: "on" }, at))) return view;
    await world.outbox.tell(endpointSubject(address));
    await world.queue.add({ kind: "deliver" });
    return deliveriesView(world, connection, { subscription });
  },
});
