import { expect } from "vitest";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { perform } from "./performing.ts";

export const guard = { changes: 0.25, deletes: 5 };

/** So many records, linked and in step. */
export async function inStep(
  records: number,
  about: Parameters<typeof makeWorld>[0] = {},
): Promise<World> {
  const world = makeWorld({ guard, deletes: "archive", ...about });
  for (let n = 0; n < records; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  expect((await perform(world)).state.kind).toBe("done");
  world.target.sent.length = 0;
  return world;
}
export const change = (world: World, from: number, to: number, phone = "+331"): void => {
  for (let n = from; n < to; n += 1) world.source.put(`k${n}`, person(`P${n}`, { phone }));
};
export const approve = async (world: World, set = world.held.at(-1)?.foresight.set ?? "") => {
  await world.ports.registry.turnFlow(world.flow().name, { kind: "on" });
  return perform(world, { kind: "sync", full: false, approved: set });
};
