import { expect, test } from "vitest";
import type { Write } from "#domain/record.ts";
import type { Asked, Reply } from "../fake-tool.ts";
import { create, manifest, update, withTool } from "./shelf.ts";

const read = `list: { get: /people, records: people }
read: { get: "/people/{id}", ids: 1, records: person }`;
const oneByOne = (more = "", results = "record: person") => `write:
  batch: 1
  repeat: nothing
  calls:
    - post: /people
      body: { person: "{item}" }
      create: { "...": "{fields}", from: "{flow}/{key}" }
      results: { ${results} }${more}
    - put: /people/{id}
      body: { person: "{fields}" }
      update: { id: "{id}" }
      results: { ${results} }${more}`;
const outcomesOf = (sent: { kind: string; outcomes?: readonly unknown[] }) => sent.outcomes;
const echo = ({ path, body }: Asked): Reply => ({
  json: { person: { id: path.split("/")[2] ?? "new", ...(body as { person: object }).person } },
});

test("a record says which flow and which record of the source it is from", async () => {
  await using tool = await withTool(
    manifest(`fields: { name: name }\n${read}\n${oneByOne()}`),
    echo,
  );
  expect(outcomesOf(await tool.send(create({ name: "Ada" }, "c/7")))).toMatchObject([
    { kind: "accepted", id: "new" },
  ]);
  expect(tool.requests[0]?.body).toEqual({ person: { name: "Ada", from: "crm-to-shelf/c/7" } });
});

test("a tool that tells what was not there before is believed of a create", async () => {
  let made: unknown = true;
  await using tool = await withTool(
    manifest(
      `fields: { name: name }\n${read}\n${oneByOne("", "record: person, made: { at: fresh, equals: true }")}`,
    ),
    (asked) => ({ json: { ...(echo(asked).json as object), fresh: made } }),
  );
  const told = async (write: Write) => outcomesOf(await tool.send(write))?.[0];
  const there = { kind: "accepted", version: null };
  expect(await told(create({ name: "Ada" }))).toEqual({ ...there, id: "new", made: true });
  expect(await told(update("1", { name: "Ada" }))).toEqual({ ...there, id: "1" });
  made = false;
  expect(await told(create({ name: "Ada" }))).toEqual({ ...there, id: "new" });
});

test("a further request is sent only for the value that asks for it", async () => {
  const more = `
      after: [{ field: subscription, equals: unsubscribed, post: "/people/{id}/leave" }]`;
  const fields = `fields:
  name: name
  subscription: "news | enum(yes: subscribed, no: unsubscribed)"`;
  await using tool = await withTool(manifest(`${fields}\n${read}\n${oneByOne(more)}`), echo);
  await tool.send(update("1", { name: "Ada", subscription: "subscribed" }));
  await tool.send(update("2", { name: "Bob", subscription: "unsubscribed" }));
  expect(tool.requests.map(({ path }) => path)).toEqual([
    "/people/1",
    "/people/2",
    "/people/2/leave",
  ]);
});

const address = `whole:
  - { fields: [address.line1, address.city], with: [address.line2], at: place }
fields:
  name: name
  address.line1: place.street
  address.line2: place.more
  address.city: place.city`;

test.each<[string, Record<string, string | null>, unknown]>([
  ["whole", { "address.line1": "1 Rue", "address.city": "Paris", "address.line2": null }, { place: { street: "1 Rue", city: "Paris", more: "" } }],
  ["torn", { name: "Ada", "address.line1": "1 Rue", "address.city": null, "address.line2": "B" }, { name: "Ada" }],
  ["unknown in part", { "address.city": null, "address.line2": "B" }, {}],
  ["emptied", { "address.line1": null, "address.city": null, "address.line2": null }, { place: "" }],
])("a group that is %s is sent as one or not at all", async (_what, fields, sent) => {
  await using tool = await withTool(manifest(`${address}\n${read}\n${oneByOne()}`), echo);
  await tool.send(update("1", fields));
  expect(tool.requests[0]?.body).toEqual({ person: sent });
}); // prettier-ignore

test("a tool that keeps something else than was written is not believed", async () => {
  let news = "yes";
  const cut = ({ body }: Asked): Reply => {
    const { name, nick: _nowhere } = (body as { person: Record<string, string> }).person;
    return { json: { person: { id: "1", name: name?.slice(0, 5), news, gone: name === "Gone" } } };
  };
  const fields = `gone: { at: gone, equals: true }
fields:
  name: name
  company_name: nick
  subscription: "news | enum(yes: subscribed, no: unsubscribed, maybe: never_asked)"`;
  await using tool = await withTool(
    manifest(`${fields}\n${read}\n${oneByOne("", "record: person, as_written: true")}`),
    cut,
  );
  const outcome = async (write: Write) => outcomesOf(await tool.send(write))?.[0]; // prettier-ignore
  expect(await outcome(create({ name: "Ada" }))).toMatchObject({ kind: "accepted" });
  expect(await outcome(create({ name: "Augusta" }))).toMatchObject({
    problem: { field: "name", code: "NOT_KEPT", message: "Shelf did not keep this as it was written" }, // prettier-ignore
  });
  expect(await outcome(update("1", { company_name: "Acme" }))).toMatchObject({
    problem: { field: "company_name", message: "Shelf has no place for this, so it was not kept" },
  });
  const told = async (there: string, subscription: string) => {
    news = there;
    return outcome(update("1", { subscription }));
  };
  // Nobody's decision is undone, in either direction.
  expect(await told("no", "subscribed")).toMatchObject({ kind: "accepted" });
  expect(await told("yes", "never_asked")).toMatchObject({ kind: "accepted" });
  expect(await told("maybe", "subscribed")).toMatchObject({ problem: { field: "subscription" } });
  expect(await told("yes", "unsubscribed")).toMatchObject({ problem: { field: "subscription" } });
  expect(await outcome(create({ name: "Gone" }))).toMatchObject({
    problem: { code: "ARCHIVED", message: "Shelf has this customer archived, and writing to it does not bring it back" }, // prettier-ignore
  });
  expect(await outcome(update("1", { name: "Gone" }))).toEqual({ kind: "missing" });
});

test("a record that is not there, and one that it refers to", async () => {
  const rules = `says: { code: [error], message: [message] }
errors:
  - { code: nowhere, contains: "Record {id} does", is: missing }
  - { code: wrong, contains: "Field [{field}] cannot", is: rejected, class: invalid }`;
  const answer = ({ body }: Asked): Reply => {
    const { name } = (body as { person: { name: string } }).person;
    return name.startsWith("Record")
      ? { status: 422, json: { error: "nowhere", message: `${name} does not exist` } }
      : { status: 422, json: { error: "wrong", message: `Field [${name}] cannot take this` } };
  };
  await using tool = await withTool(
    manifest(
      `fields: { name: name, email: "box.{E mail} | email" }\n${read}\n${oneByOne()}`,
      rules,
    ),
    answer,
  );
  const outcome = async (write: Write) => outcomesOf(await tool.send(write))?.[0]; // prettier-ignore
  expect(await outcome(update("p1", { name: "Record p1" }))).toEqual({ kind: "missing" });
  const reference = { kind: "rejected", problem: { class: "missing_reference", message: "Record p2 does not exist" } }; // prettier-ignore
  expect(await outcome(update("p1", { name: "Record p2" }))).toMatchObject(reference);
  expect(await outcome(create({ name: "Record p2" }))).toMatchObject(reference);
  expect(await outcome(create({ name: "E mail" }))).toMatchObject({
    kind: "rejected",
    problem: { class: "invalid", field: "email", message: "Field [E mail] cannot take this" },
  });
  expect(await outcome(create({ name: "Other" }))).toMatchObject({ problem: { field: null } });
});
