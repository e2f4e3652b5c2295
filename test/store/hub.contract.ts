import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Write } from "#domain/record.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { noon } from "./examples.ts";

const never = new AbortController().signal;
const create = (key: string, fields: Fields): Write => ({ kind: "create", key, hash: "h", fields });

async function idsOf(store: Store, writes: readonly Write[], request = "r1"): Promise<string[]> {
  const sent = await store.hub.target("customer", "crm").send({ id: request, writes }, never);
  if (sent.kind !== "each") throw new Error("not each");
  return sent.outcomes.map((outcome) => (outcome.kind === "accepted" ? outcome.id : outcome.kind));
}

async function readAll(store: Store, from: unknown = null, gone = false) {
  const records = [];
  let checkpoint: unknown = from;
  for await (const page of store.hub
    .source("customer")
    .pages(from as null, { gone, signal: never })) {
    records.push(...page.records);
    checkpoint = page.checkpoint;
  }
  return { records, checkpoint };
}

export function hubContract(withStore: WithStore): void {
  test("a golden record says of each field where it came from", () =>
    withStore(async (store) => {
      const [id = ""] = await idsOf(store, [
        create("1", { name: "Ada", email: "ada@example.com" }),
      ]);
      const update: Write = { kind: "update", key: "7", hash: "h", id, version: null, fields: { phone: "+33170189900" } }; // prettier-ignore
      await store.hub.target("customer", "books").send({ id: "r2", writes: [update] }, never);
      const record = await store.hub.record("customer", id);
      expect(record).toMatchObject({
        fields: { name: "Ada", email: "ada@example.com", phone: "+33170189900" },
        origins: { name: { from: "crm" }, email: { from: "crm" }, phone: { from: "books" } },
        version: 2,
      });
    }));

  test("of two flows that bring the same person in one moment, the second is to look again", () =>
    withStore(async (store) => {
      const ada = { name: "Ada", email: "ada@example.com" };
      const one = (key: string, fields: Fields, ...unlike: string[]): Write => ({ ...create(key, fields), unlike }) as Write; // prettier-ignore
      const all = await Promise.all(
        Array.from({ length: 8 }, (_none, n) => idsOf(store, [one(String(n), ada, "email")], `r${String(n)}`)), // prettier-ignore
      );
      expect(all.flat().filter((id) => id === "stale")).toHaveLength(7);
      const [there = ""] = all.flat().filter((id) => id !== "stale");
      expect((await readAll(store)).records.map(({ id }) => id)).toEqual([there]);

      // The same request again is answered as before, and who is like another in part is another.
      const n = all.flat().indexOf(there);
      expect(await idsOf(store, [one(String(n), ada, "email")], `r${String(n)}`)).toEqual([there]);
      const ways = ["email", "name+phone"];
      expect(await idsOf(store, [one("x", { name: "Ada", phone: "+331" }, ...ways)], "x")).not.toEqual(["stale"]); // prettier-ignore
      expect(await idsOf(store, [one("y", { name: "Ada", phone: "+332" }, ...ways)], "y")).not.toEqual(["stale"]); // prettier-ignore
      expect(await idsOf(store, [one("z", { name: "ada", phone: "+33 1" }, ...ways)], "z")).toEqual(["stale"]); // prettier-ignore
      // Who is gone, or is wanted beside the other, is in nobody's way.
      await idsOf(store, [{ kind: "archive", key: "1", id: there, version: null }], "gone");
      expect(await idsOf(store, [one("a", ada, "email")], "a")).not.toEqual(["stale"]);
      expect(await idsOf(store, [create("b", ada)], "b")).not.toEqual(["stale"]);
    }));

  test("whose value counts is decided as it is written, and said", () =>
    withStore(async (store) => {
      const order = { kind: "order", connections: ["books", "crm"] } as const;
      const ownership = { default: order, fields: { phone: { kind: "newest" } } } as const;
      const rule = { entity: "customer", version: 1, ownership, by: "U1", at: noon } as const; // prettier-ignore
      expect(await store.ownerships.add(rule)).toBe(true);
      expect(await store.ownerships.add(rule)).toBe(false);
      expect(await store.ownerships.all()).toEqual([rule]);

      const [id = ""] = await idsOf(store, [create("1", { name: "Ada", phone: "+331" })]);
      const write = async (from: string, fields: Fields, changedAt: string) => {
        const update: Write = { kind: "update", key: "1", hash: "h", id, version: null, fields, changedAt }; // prettier-ignore
        const sent = await store.hub.target("customer", from).send({ id: `${from}${changedAt}`, writes: [update] }, never); // prettier-ignore
        return sent.kind === "each" ? sent.outcomes[0] : sent;
      };
      const accepted = { kind: "accepted", id, version: null };
      const late = "2026-11-23T10:00:00Z";
      expect(await write("books", { name: "Ada L." }, late)).toEqual(accepted);
      const before = await readAll(store);
      expect(await write("crm", { name: "Eve" }, late)).toEqual({ ...accepted, unchanged: true, kept: true }); // prettier-ignore
      expect(await write("crm", { name: "Ada L." }, late)).toEqual({
        ...accepted,
        unchanged: true,
      });
      expect((await readAll(store, before.checkpoint)).records).toEqual([]);
      expect(await write("books", { name: "Ada K.", phone: "+332" }, late)).toEqual({ ...accepted, kept: true }); // prettier-ignore
      expect(await store.hub.record("customer", id)).toMatchObject({
        fields: { name: "Ada K.", phone: "+331" },
        origins: { name: { from: "books", at: late }, phone: { from: "crm" } },
      });
      // A clock that is ahead owns nothing for longer than now.
      await write("books", { phone: "+333" }, "2199-01-01T00:00:00Z");
      const ahead = await store.hub.record("customer", id);
      expect(ahead?.fields["phone"]).toBe("+333");
      expect(Number(ahead?.origins["phone"]?.at.slice(0, 4))).toBeLessThan(2199);
    }));

  test("many connections that write one record at once all get through", () =>
    withStore(async (store) => {
      const [id = ""] = await idsOf(store, [create("1", { name: "Ada" })]);
      const fields = ["phone", "mobile", "website", "notes", "company_name", "currency"];
      const sent = await Promise.all(
        fields.map((name, n) =>
          store.hub.target("customer", `c${String(n)}`).send(
            { id: name, writes: [{ kind: "update", key: "1", hash: "h", id, version: null, fields: { [name]: "x" } }] }, // prettier-ignore
            never,
          ),
        ),
      );
      expect(sent).toEqual(fields.map(() => ({ kind: "each", outcomes: [{ kind: "accepted", id, version: null }] }))); // prettier-ignore
      const record = await store.hub.record("customer", id);
      expect(fields.map((name) => record?.fields[name])).toEqual(fields.map(() => "x"));
    }));

  test("a request that is repeated changes nothing", () =>
    withStore(async (store) => {
      const writes = [create("1", { name: "Ada" }), create("2", { name: "Bob" })];
      const first = await idsOf(store, writes);
      expect(await idsOf(store, writes)).toEqual(first);
      expect((await readAll(store)).records).toHaveLength(2);
    }));

  test("a read brings what changed since the one before, and what is gone where it is asked for", () =>
    withStore(async (store) => {
      const [ada = "", bob = ""] = await idsOf(store, [create("1", { name: "Ada" }), create("2", { name: "Bob" })]); // prettier-ignore
      const full = await readAll(store);
      expect(full.records.map(({ id }) => id).sort()).toEqual([ada, bob].sort());
      expect((await readAll(store, full.checkpoint)).records).toEqual([]);

      const archive: Write = { kind: "archive", key: "2", id: bob, version: null };
      await store.hub.target("customer", "crm").send({ id: "r3", writes: [archive] }, never);
      expect((await readAll(store, full.checkpoint)).records).toEqual([]);
      const { records } = await readAll(store, full.checkpoint, true);
      expect(records.map(({ id, content }) => [id, content.kind])).toEqual([[bob, "gone"]]);
      expect(await store.hub.record("customer", bob)).toBeUndefined();
    }));

  test("records are found by their keys, whatever the capitals, and not once they are gone", () =>
    withStore(async (store) => {
      const [id = ""] = await idsOf(store, [
        create("1", { name: "Ada", email: "Ada@example.com" }),
      ]);
      const target = store.hub.target("customer", "crm");
      const find = async (email: string) => (await target.find("email", ["x@y.example", email], never)).map((group) => group.map((one) => one.id)); // prettier-ignore
      expect(await find("ada@EXAMPLE.com")).toEqual([[], [id]]);

      const moved: Write = { kind: "update", key: "1", hash: "h", id, version: null, fields: { email: "lovelace@example.com" } }; // prettier-ignore
      await target.send({ id: "r2", writes: [moved] }, never);
      expect(await find("ada@example.com")).toEqual([[], []]);
      expect(await find("lovelace@example.com")).toEqual([[], [id]]);
    }));

  test("what is not there is missing, and comes as gone", () =>
    withStore(async (store) => {
      const update: Write = { kind: "update", key: "1", hash: "h", id: "customer_0", version: null, fields: {} }; // prettier-ignore
      expect(await idsOf(store, [update])).toEqual(["missing"]);
      const [record] = await store.hub.source("customer").read(["customer_0"], never);
      expect(record?.content).toEqual({ kind: "gone" });
    }));
}
