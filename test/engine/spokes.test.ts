import type { Fields } from "#domain/fields.ts";
import type { Spoke } from "#domain/spoke.ts";
import { expect, test } from "vitest";
import { memoryTarget } from "../support/memory/target.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

/** The flow is a spoke of the hub, whose other half another flow is. */
function asSpoke(world: World, heading: Spoke["heading"]): void {
  const spoke = { heading, counters: [], own: memoryTarget(world.clock, "s") };
  Object.assign(world.ports, { openFlow: () => Promise.resolve({ ...world.ends, back: null, spoke }) }); // prettier-ignore
}

/** Once a page has been read and before it is compared, the other flow brings something newer. */
function meanwhile(world: World, newer: Fields, hash: string): void {
  const { compare } = world.ports.ledger;
  world.ports.ledger.compare = (flow, contents) => {
    world.ports.ledger.compare = compare;
    const link = world.links().get("1");
    if (link?.back == null) throw new Error("it is not linked");
    world.source.put("1", newer);
    world.target.edit(link.id, newer);
    const version = String(world.target.rows.get(link.id)?.version);
    world.links().set("1", { ...link, version, hash, base: newer, back: { ...link.back, base: newer } }); // prettier-ignore
    return compare(flow, contents);
  };
}

test.each(["in", "out"] as const)(
  "what the other flow wrote after a page was read is not undone by the older page (%s)",
  async (heading) => {
    const world = makeWorld();
    asSpoke(world, heading);
    world.source.put("1", person("Ada", { notes: "old" }));
    await perform(world);

    meanwhile(world, person("Ada", { notes: "new" }), heading === "in" ? "written" : "seen before");
    const run = await perform(world, everything);

    expect(world.target.live().map(({ fields }) => fields["notes"])).toEqual(["new"]);
    expect(run.counts).toMatchObject({ read: 1, updated: 0, unchanged: 1 });
    expect(world.links().get("1")?.base).toMatchObject({ notes: "new" });
  },
);

test("what somebody changed after we wrote is still brought", async () => {
  const world = makeWorld();
  asSpoke(world, "in");
  world.source.put("1", person("Ada", { notes: "old" }));
  await perform(world);
  meanwhile(world, person("Ada", { notes: "new" }), "written");
  await perform(world, everything);

  world.source.put("1", person("Ada", { notes: "newest" }));
  await perform(world);
  expect(world.target.live().map(({ fields }) => fields["notes"])).toEqual(["newest"]);
});

test("what the tool made of our last text is no change of somebody's, read by whichever flow", async () => {
  const world = makeWorld({ twoWay: { default: "target", fields: {} } });
  asSpoke(world, "out");
  world.source.put("1", person("Ada", { notes: "a text that is too long" }));
  await perform(world);
  const id = world.links().get("1")?.id ?? "";
  world.target.edit(id, { notes: "a text that" });

  world.source.put("1", person("Ada", { notes: "another" }));
  await perform(world, everything);
  expect(world.target.live().map(({ fields }) => fields["notes"])).toEqual(["another"]);

  // What is no form of it is somebody's.
  world.target.edit(id, { notes: "somebody's" });
  world.source.put("1", person("Ada", { notes: "a third" }));
  await perform(world, everything);
  expect(world.target.live().map(({ fields }) => fields["notes"])).toEqual(["somebody's"]);
});
