import type { Address } from "#domain/delivery.ts";
import { Mistake } from "#domain/errors.ts";
import type { ConnectionName } from "#domain/ids.ts";
import { z } from "zod";
import { connectionField, line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { whenText } from "../when.ts";
import type { World } from "../world.ts";
import type { Asked } from "./contract.ts";
import { findTold } from "./view.ts";
import { whichOf } from "./which.ts";

const input = z.strictObject({
  connection: connectionField,
  delivery: optional(line("the id of a delivery")),
  from: optional(line("a time, such as 2026-11-25 14:00")),
  to: optional(line("a time, such as 2026-11-25 15:00")),
});

export const deliveriesPlan = operation("deliveries.plan", {
  title: "Foreseeing what would be sent once more",
  needs: "operator",
  audited: "never",
  input,
  told: (asked) => asked,

  async run({ connection: name, ...asked }, { world, at }) {
    const { connection, which, count } = await meant(world, name, asked, at);
    const range =
      which.kind === "range" ? { from: which.from, to: which.to } : { from: at, to: at };
    return { connection, count, ...range };
  },
});

export const deliveriesReplay = operation("deliveries.replay", {
  title: "Sending events once more",
  needs: "operator",
  audited: "always",
  input,
  told: (asked) => asked,

  async run({ connection: name, ...asked }, { world, at }) {
    const { connection, which } = await meant(world, name, asked, at);
    const replayed = await world.deliveries.again(connection, which, at);
    await world.queue.add({ kind: "deliver" });
    return { connection, replayed };
  },
});

/** @throws Mistake where there is nothing to be sent, or nobody to take it */
async function meant(
  world: World,
  name: string,
  asked: Omit<Asked, "connection">,
  at: Temporal.Instant,
) {
  const { name: connection } = await findTold(world, name);
  const which = await whichOf(world, asked, at);
  if (which.kind === "one") await refuseUntaken(world, connection, which.id);
  else await refuseOff(world, { connection, subscription: null });
  const count = await world.deliveries.count(connection, which);
  if (count > 0) return { connection, which, count };
  throw new Mistake(
    which.kind === "one"
      ? "Whoever asked to be told of it does not any more, so it cannot be sent once more."
      : `Nothing was to be sent to ${connection} from ${whenText(which.from)} to ${whenText(which.to)}.`,
  );
}

async function refuseUntaken(world: World, connection: ConnectionName, id: string): Promise<void> {
  const delivery = await world.deliveries.find(connection, id);
  if (delivery === undefined)
    throw new Mistake("This delivery is not kept any more, so it cannot be sent once more.");
  await refuseOff(world, delivery);
}

async function refuseOff({ deliveries }: World, address: Address): Promise<void> {
  const { connection, subscription } = address;
  const { kind } = await deliveries.endpoint({ connection, subscription });
  if (kind === "on") return;
  const who = subscription === null ? connection : `${subscription} of ${connection}`;
  throw new Mistake(`${who} is switched off: no events are sent there until it is switched on again.`); // prettier-ignore
}
