import { expect, test } from "vitest";
import { makeWorld, person } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

test("a flow filters, renames, sets and completes, and writes only what the target holds", async () => {
  const world = makeWorld({
    where: { subscription: "subscribed" },
    map: { phone: "mobile" },
    set: { currency: "EUR" },
  });
  world.source.put("a", {
    first_name: "Ada",
    last_name: "Lovelace",
    email: "ada@example.com",
    mobile: "+33170189900",
    subscription: "subscribed",
    website: "https://example.com",
  });
  world.source.put("b", person("Bob", { subscription: "unsubscribed" }));

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 2, created: 1, filtered: 1 });
  expect(world.target.live()[0]?.fields).toEqual({
    name: "Ada Lovelace",
    email: "ada@example.com",
    phone: "+33170189900",
    currency: "EUR",
    subscription: "subscribed",
  });
});

test("only what changed is written; a field the target cannot hold changes nothing", async () => {
  const world = makeWorld();
  for (const name of ["Ada", "Bob"]) world.source.put(name, person(name));
  await perform(world);
  world.source.put("Ada", person("Ada", { website: "https://ada.example" }));
  world.source.put("Bob", person("Bob", { phone: "+33170189901" }));

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 2, unchanged: 1, updated: 1 });
  expect(world.target.live()[1]?.fields["phone"]).toBe("+33170189901");
});

test("a record that comes twice in a page is written once, with its last content", async () => {
  const world = makeWorld();
  world.source.doubles = true;
  for (let n = 0; n < 12; n += 1) world.source.put(`k${n}`, person(`P${n}`));

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 24, created: 12, unchanged: 12 });
  expect(world.target.live().length).toBe(12);
});

test("records that are gone are left alone or archived, as the flow says", async () => {
  for (const deletes of ["ignore", "archive"] as const) {
    const world = makeWorld({ deletes });
    for (const name of ["Ada", "Bob"]) world.source.put(name, person(name));
    await perform(world);
    world.source.remove("Ada");
    world.source.remove("Zoe");

    const run = await perform(world);

    const archived = deletes === "archive" ? 1 : 0;
    expect(run.counts.deleted).toBe(archived);
    expect(world.target.live().length).toBe(2 - archived);
    expect(world.links().has("Ada")).toBe(archived === 0);
    if (deletes === "archive") expect(run.counts).toMatchObject({ read: 2, filtered: 1 });
  }
});

test("a consent is never widened: who unsubscribed at the target stays so", async () => {
  const world = makeWorld();
  world.target.put(person("Ada", { subscription: "unsubscribed" }));
  world.source.put("Ada", person("Ada", { subscription: "subscribed", phone: "+33170189900" }));
  await perform(world);
  expect(world.target.live()[0]?.fields).toMatchObject({
    subscription: "unsubscribed",
    phone: "+33170189900",
  });

  world.source.put("Ada", person("Ada", { subscription: "subscribed", phone: "+33170189901" }));
  await perform(world);
  expect(world.target.live()[0]?.fields).toMatchObject({
    subscription: "unsubscribed",
    phone: "+33170189901",
  });
});

test("a consent withdrawn at the target since is not overwritten by an old one", async () => {
  const world = makeWorld();
  world.source.put("Ada", person("Ada", { subscription: "subscribed" }));
  await perform(world);
  const [row] = world.target.rows.values();
  if (row !== undefined)
    world.target.rows.set(row.id, {
      ...row,
      fields: { ...row.fields, subscription: "unsubscribed" },
    });

  world.source.put("Ada", person("Ada", { subscription: "subscribed", phone: "+33170189900" }));
  await perform(world);
  expect(world.target.live()[0]?.fields).toMatchObject({
    subscription: "unsubscribed",
    phone: "+33170189900",
  });

  world.source.put("Ada", person("Ada", { subscription: "unsubscribed" }));
  expect((await perform(world, everything)).counts.updated).toBe(1);
});
