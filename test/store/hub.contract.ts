import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Write } from "#domain/record.ts";
import type { Store, WithStore } from "../support/with-store.ts";

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
