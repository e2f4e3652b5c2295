import { expect, test } from "vitest";
import { makeWorld, person } from "../support/memory/world.ts";
import { makeEngine } from "#engine/engine.ts";
import { changes, everything, perform } from "./performing.ts";

test("a record the target has already is linked and updated, or only linked when it is the same", async () => {
  const world = makeWorld();
  const ada = world.target.put(person("Ada", { phone: "+33170189900" }));
  const bob = world.target.put(person("Bob"));
  world.source.put("a", person("Ada", { phone: "+33170189901" }));
  world.source.put("b", person("Bob"));

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 2, updated: 1, unchanged: 1, created: 0 });
  expect([world.links().get("a")?.id, world.links().get("b")?.id]).toEqual([ada, bob]);
  expect(world.target.live().length).toBe(2);
});

test("match fields are tried in their order", async () => {
  const world = makeWorld({ match: ["email", "phone"] });
  const id = world.target.put({ name: "A. L.", phone: "+33170189900" });
  world.source.put("a", person("Ada", { phone: "+33170189900" }));

  await perform(world);

  expect(world.links().get("a")?.id).toBe(id);
});

test("a name and a phone count only together, however they are spelled", async () => {
  const world = makeWorld({ match: ["email", "name+phone"] });
  world.target.searchable = ["email", "phone"];
  const id = world.target.put({ name: "LOVELACE, Zoé", phone: "+33170189900" });
  const namesake = world.target.put({ name: "Zoe Lovelace", phone: "+33170189901" });
  world.source.put("a", person("x", { name: "Zoe Lovelace", phone: "+33170189900" }));
  world.source.put("b", person("y", { name: "Eve Lovelace", phone: "+33170189901" }));
  world.source.put("c", person("z", { name: "Zoe Lovelace" }));

  expect((await perform(world)).counts).toMatchObject({ updated: 1, created: 2 });
  expect(world.links().get("a")?.id).toBe(id);
  expect([...world.links().values()].map((link) => link.id)).not.toContain(namesake);
});

test("an e-mail that is one record's and a phone that is another's are two candidates", async () => {
  const world = makeWorld({ match: ["email", "phone", "name"] });
  world.target.searchable = ["email", "phone", "name"];
  world.target.put(person("Ada"));
  world.target.put({ name: "Eve", phone: "+33170189900" });
  world.target.put({ name: "Bob", phone: "+33170189902" });
  world.target.put(person("Bob", { name: "Robert" }));
  world.source.put("a", person("Ada", { phone: "+33170189900" }));
  // A name alone says nothing against what an e-mail says.
  world.source.put("b", person("Bob"));

  expect((await perform(world)).counts).toMatchObject({ deadLettered: 1, updated: 1 });
  expect(world.letters()[0]?.problem).toMatchObject({
    code: "SEVERAL_MATCH",
    field: null,
    message: "2 customers have the same e-mail or phone; choose one",
    candidates: [{ title: "Ada" }, { title: "Eve", about: "+33170189900" }],
  });
  expect(world.links().get("b")?.id).toBe("t4");
});

test("two candidates are never a guess: a dead letter shows both", async () => {
  const world = makeWorld();
  world.target.put(person("Ada"));
  world.target.put({ ...person("Ada"), name: "Ada II" });
  world.source.put("a", person("Ada"));

  const run = await perform(world);

  expect(run.counts.deadLettered).toBe(1);
  expect(world.letters()[0]?.problem).toMatchObject({
    class: "ambiguous_match",
    field: "email",
    candidates: [
      { id: "t1", title: "Ada" },
      { id: "t2", title: "Ada II" },
    ],
  });
});

test.each([10, 1])(
  "of two records with one address the first is written, the second asks (pages of %i)",
  async (pageSize) => {
    const world = makeWorld();
    world.source.pageSize = pageSize;
    world.source.put("a", person("Ada"));
    world.source.put("b", person("Ada", { phone: "+33170189900" }));

    const run = await perform(world);

    expect(run.counts).toMatchObject({ created: 1, deadLettered: 1 });
    expect(world.letters()[0]).toMatchObject({ key: "b", problem: { code: "ALREADY_LINKED" } });
    expect(world.target.live().length).toBe(1);
  },
);

test("a search that lags behind does not let a second one be created", async () => {
  const world = makeWorld();
  world.source.pageSize = 1;
  world.target.lagMs = 20_000;
  world.source.put("a", person("Ada"));
  world.source.put("b", person("Ada", { phone: "+33170189900" }));

  await perform(world);

  expect(world.target.live().length).toBe(1);
  expect(world.letters()[0]).toMatchObject({ key: "b", problem: { class: "ambiguous_match" } });
});

test("if the first of two is refused, the second is decided after it", async () => {
  const world = makeWorld();
  world.source.put("a", person("Ada", { phone: "bad" }));
  world.source.put("b", person("Ada"));
  world.target.refuse = ({ phone }) =>
    phone === "bad"
      ? { class: "rejected", field: "phone", code: null, message: "phone is bad" }
      : null;

  const run = await perform(world);

  expect(run.counts).toMatchObject({ created: 1, deadLettered: 1 });
  expect(world.links().has("b")).toBe(true);
});

test("a linked record that is gone at the target is made anew, once", async () => {
  const world = makeWorld();
  world.source.put("a", person("Ada"));
  await perform(world);
  world.target.archive("t1");
  world.source.put("a", person("Ada", { phone: "+33170189900" }));

  const run = await perform(world, everything);

  expect(run.counts).toMatchObject({ read: 1, created: 1 });
  expect(world.target.live().map(({ id }) => id)).toEqual(["t2"]);
  expect(world.links().get("a")?.id).toBe("t2");
});

test("a record somebody changed meanwhile is read and written again, and then given up", async () => {
  const world = makeWorld();
  world.source.put("a", person("Ada"));
  await perform(world);
  const touch = (): void => {
    const row = world.target.rows.get("t1");
    if (row !== undefined) world.target.rows.set("t1", { ...row, version: row.version + 1 });
  };
  touch();
  world.source.put("a", person("Ada", { phone: "+33170189900" }));
  expect((await perform(world)).counts.updated).toBe(1);

  world.target.fault = () => {
    touch();
    return "none";
  };
  world.source.put("a", person("Ada", { phone: "+33170189901" }));
  expect((await perform(world)).counts.deadLettered).toBe(1);
  expect(world.letters()[0]?.problem.class).toBe("conflict");
  expect(world.links().has("a")).toBe(true);
});

test("an upsert that lands on another's record is a dead letter, and the other is written again in the same run", async () => {
  const world = makeWorld({ match: ["phone"] });
  world.target.repeat = "upsert";
  world.source.put("a", person("Ada"));
  await perform(world);
  world.source.put("b", { name: "Ada II", email: "ada@example.com" });

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 2, updated: 1, deadLettered: 1 });
  expect(world.letters()[0]).toMatchObject({ key: "b", problem: { code: "ALREADY_LINKED" } });
  expect([...world.links().keys()]).toEqual(["a"]);
  expect(world.target.live().map(({ fields }) => fields["name"])).toEqual(["Ada"]);

  expect((await perform(world)).counts).toMatchObject({ created: 0, updated: 0, deadLettered: 0 });
});

test("a record the target says it has already is linked, if a match field agrees", async () => {
  const world = makeWorld();
  // Its search does not show them yet.
  world.target.find = (_field, wanted) => Promise.resolve(wanted.map(() => []));
  const ada = world.target.put(person("Ada"));
  const bob = world.target.put({ name: "Bob", email: "bob@elsewhere.example" });
  const send = world.target.send.bind(world.target);
  world.target.send = async (request, signal) => {
    const [write] = request.writes;
    if (write?.kind !== "create") return send(request, signal);
    const outcomes = request.writes.map(({ key }) => ({
      kind: "rejected" as const,
      problem: {
        class: "conflict" as const,
        field: null,
        code: "409",
        message: "Contact already exists",
        candidates: [{ id: key === "a" ? ada : bob, title: key }],
      },
    }));
    return { kind: "each", outcomes };
  };
  world.source.put("a", person("Ada", { phone: "+33170189900" }));
  world.source.put("b", person("Bob"));

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 2, updated: 1, deadLettered: 1 });
  expect(world.links().get("a")?.id).toBe(ada);
  expect(world.letters()[0]).toMatchObject({ key: "b", problem: { code: "409" } });
});

test("a refusal for a value another record has names that record, unless it is linked already", async () => {
  const world = makeWorld({ match: ["email"] });
  const taken = {
    class: "conflict",
    field: "name",
    code: "6240",
    message: "The name is taken",
  } as const;
  world.target.searchable = ["email", "name"];
  world.source.put("k1", person("Ann"));
  world.source.put("k2", person("Ann", { email: "other.ann@example.com" }));
  world.source.put("k3", person("Bob"));
  world.target.put({ name: "Bob", email: "bob.of.old@example.com" });
  world.target.refuse = ({ name, email }) =>
    world.target
      .live()
      .some((there) => there.fields["name"] === name && there.fields["email"] !== email)
      ? taken
      : null;
  await perform(world, everything);

  const problems = Object.fromEntries(world.letters().map(({ key, problem }) => [key, problem]));
  expect(Object.keys(problems).sort()).toEqual(["k2", "k3"]);
  expect(problems["k2"]?.candidates ?? []).toEqual([]);
  expect(problems["k3"]?.candidates).toMatchObject([{ title: "Bob" }]);
});

test("who has the address of one that was just deleted is made anew, though no search knows of either yet", async () => {
  const world = makeWorld({ deletes: "archive" });
  world.target.lagMs = 10_000;
  world.source.put("a", person("Ada"));
  const engine = makeEngine(world.ports);
  await perform(world, changes, engine);
  world.source.remove("a");
  await perform(world, changes, engine);
  world.source.put("b", person("Ada"));
  expect((await perform(world, changes, engine)).counts).toMatchObject({ created: 1, deadLettered: 0 }); // prettier-ignore
});
