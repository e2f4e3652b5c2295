import { makeWorld, person, type World } from "../support/memory/world.ts";

/** A world whose source has so many people. */
export const populated = (records: number, about: Parameters<typeof makeWorld>[0] = {}): World => {
  const world = makeWorld(about);
  for (let n = 0; n < records; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  return world;
};
export const systemic = async (world: World) =>
  (await world.ports.incidents.open()).filter(({ subject }) => subject.kind === "systemic");
