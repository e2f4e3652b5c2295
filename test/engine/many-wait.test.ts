import { makeEngine } from "#engine/engine.ts";
import { expect, test } from "vitest";
import { makeWorld, person } from "../support/memory/world.ts";
import { brought, withCompanies } from "./companies.ts";
import { perform } from "./performing.ts";

test("however many wait, all of them go once it has arrived, some at a time", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.pageSize = 500;
  for (let n = 1; n <= 2_100; n += 1) world.source.put(String(n), person(`Ada ${String(n)}`, { company: "c1" })); // prettier-ignore
  await perform(world);
  expect(world.letters("open")).toHaveLength(2_100);

  brought(world, "c1", "firm-9");
  world.source.put("0", person("Bob"));
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  const { woken } = await makeEngine(world.ports).perform(id);
  expect(woken).toHaveLength(3);
  expect(world.letters("retrying")).toHaveLength(2_100);
});

test("however many began to wait while it arrived, all of them are tried again", async () => {
  const world = makeWorld();
  withCompanies(world);
  world.source.pageSize = 1_100;
  for (let n = 1; n <= 1_100; n += 1) world.source.put(String(n), person(`Ada ${String(n)}`, { company: "c1" })); // prettier-ignore
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = (page) => {
    brought(world, "c1", "firm-9");
    return commit(page);
  };
  const { id } = await world.queue({ kind: "sync", full: false, approved: null });
  await makeEngine(world.ports).perform(id);
  expect(world.letters("retrying")).toHaveLength(1_100);
});
