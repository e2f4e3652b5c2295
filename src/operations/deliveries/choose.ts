import { isEventType } from "#domain/event.ts";
import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { eventFaults } from "../events/told.ts";
import { findHooked, hooksView } from "../hooks/view.ts";
import { connectionField, line } from "../input.ts";
import { operation } from "../operation.ts";
import { findTold } from "./view.ts";

export const eventsChoose = operation("events.choose", {
  title: "Choosing what a connection is told of",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    connection: connectionField,
    events: z.array(line("the type of an event, such as deal.won")).max(100),
  }),
  told: ({ connection, events }) => ({ connection, events: events.join(", ") }),

  async run({ connection: name, events }, { world }) {
    const connection = await findTold(world, name);
    const facts = world.tools.facts(connection.connector);
    const [fault] = facts === undefined ? [] : eventFaults(events, facts);
    if (fault !== undefined)
      throw new Mistake(`${fault.message.charAt(0).toUpperCase()}${fault.message.slice(1)}.`, { usage: true }); // prettier-ignore
    const chosen = [...new Set(events.filter(isEventType))];
    await world.registry.save({ connections: [{ ...connection, events: chosen }], flows: [] });
    return hooksView(world, await findHooked(world, name));
  },
});
