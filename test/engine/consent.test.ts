import { expect, test } from "vitest";
import { makeWorld, person } from "../support/memory/world.ts";
import { perform } from "./performing.ts";

const subscribed = { where: { subscription: "subscribed" } };

test("a consent that is taken back is told on, though the flow looks only at those who gave it", async () => {
  const world = makeWorld(subscribed);
  world.source.put("Ada", { ...person("Ada"), subscription: "subscribed" });
  world.source.put("Bob", { ...person("Bob"), subscription: "unsubscribed" });
  expect((await perform(world)).counts).toMatchObject({ created: 1, filtered: 1 });

  world.source.put("Ada", { ...person("Ada"), subscription: "unsubscribed" });
  expect((await perform(world)).counts).toMatchObject({ updated: 1, filtered: 0 });
  const at = world.links().get("Ada")?.id ?? "";
  const [there] = await world.target.read([at], new AbortController().signal);
  expect(there?.fields["subscription"]).toBe("unsubscribed");

  world.source.put("Ada", { ...person("Ada"), subscription: "unsubscribed", notes: "Moved" });
  expect((await perform(world)).counts).toMatchObject({ updated: 0, filtered: 1 });
});
