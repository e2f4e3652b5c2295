import { expect, test } from "vitest";
import { StoreAway } from "#domain/errors.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { changes, everything, perform, through } from "./performing.ts";

test("whose record an upsert landed on is found out, though the store was away just then", async () => {
  const world = makeWorld();
  world.target.repeat = "upsert";
  world.target.upsertBy = "email";
  world.source.put("1", person("Ada"));
  await perform(world);

  const { look } = world.ports.ledger;
  let away = true;
  world.ports.ledger.look = async (...asked) => {
    if (away && world.target.sent.length > 1) {
      away = false;
      throw new StoreAway("the database is away");
    }
    return look(...asked);
  };
  // Its list is behind, so that nobody sees that there is one.
  const { find } = world.target;
  world.target.find = async (field, wanted, signal) =>
    away ? wanted.map(() => []) : find(field, wanted, signal);
  world.source.put("2", { ...person("Bob"), email: "ada@example.com" });
  const { id } = await world.queue(changes);
  const engine = makeEngine(world.ports);
  await expect(engine.perform(id)).rejects.toThrow(StoreAway);
  world.clock.pass(20_000);
  await through(world, id, engine);
  await perform(world, everything);

  expect(world.letters("open").map(({ key }) => key)).toEqual(["2"]);
  expect(world.target.live().map(({ fields }) => fields["name"])).toEqual(["Ada"]);
});
