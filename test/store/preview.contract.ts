import { setTimeout as realSleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { EntityName } from "#domain/entities/index.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { OpenFlow } from "#domain/ports/open-flow.ts";
import type { Run } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { memorySource } from "../support/memory/source.ts";
import { makeWorld } from "../support/memory/world.ts";
import { plainPlan } from "../support/plain-plan.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { crm } from "./examples.ts";

const never = new AbortController().signal;
const hub = connectionName("hub");

const toHub = (name: string, object: string, entity: EntityName, more: Partial<FlowPlan>) => ({
  name: flowName(name),
  ...plainPlan,
  from: { connection: crm.name, object },
  to: { connection: hub, object: entity },
  guard: null,
  about: "",
  ...more,
});
const people = toHub("people", "contacts", "customer", { match: ["email"] });
const deals = toHub("deals", "deals", "deal", { pull: ["customer"] });

/** Two objects of a tool in memory, and the flows that bring them to the hub of this database. */
async function liveWith(store: Store) {
  const world = makeWorld();
  const contacts = memorySource();
  const open = memorySource();
  open.references = { customer: "contacts" };
  const clock = {
    now: () => world.clock.now(),
    elapsed: () => world.clock.elapsed(),
    sleep: (ms: number, signal: AbortSignal) => realSleep(ms, undefined, { signal, ref: false }),
  };
  const openFlow: OpenFlow = (flow) => {
    const entity = flow.name === people.name ? "customer" : "deal";
    return Promise.resolve({
      source: entity === "customer" ? contacts : open,
      target: store.hub.target(entity, crm.name),
      entity: { from: entity, to: entity },
      back: null,
      spoke: { heading: "in", counters: [], own: null },
    });
  };
  const { registry, ledger, references, runs, letters, incidents, outbox, conflicts, events } = store; // prettier-ignore
  const stored = { registry, ledger, references, runs, letters, incidents, outbox, conflicts, events }; // prettier-ignore
  const engine = makeEngine({ ...world.ports, ...stored, clock, openFlow });
  await registry.save({ connections: [crm], flows: [people, deals] });

  return {
    contacts,
    deals: open,
    async foresee(plan: FlowPlan): Promise<Foreseen[]> {
      const flow = await registry.flow(plan.name);
      if (flow === undefined) throw new Error(`no flow ${plan.name}`);
      const seen: Foreseen[] = [];
      for await (const page of engine.preview(flow, never)) seen.push(...page);
      return seen;
    },
    async run(plan: FlowPlan): Promise<Run["counts"]> {
      const trigger = { kind: "person", by: "U1" } as const;
      const work = { kind: "sync", full: true, approved: null } as const;
      const { run } = await runs.queue({ flow: plan.name, trigger, work, channel: null }, clock.now()); // prettier-ignore
      expect((await engine.perform(run.id)).again).toBeNull();
      const done = await runs.get(run.id);
      expect(done?.state.kind).toBe("done");
      if (done === undefined) throw new Error("no run");
      return done.counts;
    },
    /** What the hub holds at the end of a link. */
    async golden(plan: FlowPlan, key: string): Promise<Fields | undefined> {
      const link = (await ledger.look(plan.name, [key])).get(key)?.link;
      const entity = plan === people ? "customer" : "deal";
      return link == null ? undefined : (await store.hub.record(entity, link.id))?.fields;
    },
  };
}

/** In the words of a run's books. */
function countsOf(seen: readonly Foreseen[]) {
  const of = (...kinds: Foreseen["kind"][]) => seen.filter(({ kind }) => kinds.includes(kind)).length; // prettier-ignore
  return {
    read: seen.length,
    created: of("create"),
    updated: of("update"),
    unchanged: of("unchanged"),
    deadLettered: of("conflict", "invalid"),
  };
}

const ofKey = (seen: readonly Foreseen[], key: string) => seen.find((one) => one.key === key);

/** A preview, then the run itself, over this database. */
export function previewContract(withStore: WithStore): void {
  test("what the hub keeps is foreseen, and the run does what was foreseen", () =>
    withStore(async (store) => {
      const order = { kind: "order", connections: ["books", "crm"] } as const;
      const ownership = { default: { kind: "filled" }, fields: { name: order } } as const;
      const at = Temporal.Instant.from("2026-11-23T12:00:00Z");
      await store.ownerships.add({ entity: "customer", version: 1, ownership, by: "U1", at });
      const books = store.hub.target("customer", "books");
      const held = ["Ada", "Bob"].map((name) => ({
        kind: "create" as const,
        key: name,
        hash: "h",
        fields: { name: `${name} of the books`, email: `${name}@x.example`, notes: "kept" },
      }));
      await books.send({ id: "r1", writes: held }, never);
      const life = await liveWith(store);
      life.contacts.pageSize = 2;
      life.contacts.put("1", { name: "Ada", email: "Ada@x.example", phone: "+331", notes: "kept" });
      life.contacts.put("2", { name: "Bob", email: "Bob@x.example", notes: "" });
      life.contacts.put("3", { name: "Cid", email: "cid@x.example" });
      life.contacts.put("4", { name: "Cid again", email: "cid@x.example" });
      life.contacts.put("5", { name: "Dee", email: "dee@x.example" });

      const first = await life.foresee(people);
      expect(ofKey(first, "1")).toMatchObject({ kind: "update", fields: { phone: "+331" } });
      expect(Object.keys(Object(Object(ofKey(first, "1")).fields))).toEqual(["phone"]);
      expect(ofKey(first, "2")?.kind).toBe("unchanged");
      expect(ofKey(first, "4")?.kind).toBe("conflict");
      expect(await life.run(people)).toMatchObject(countsOf(first));
      for (const one of first)
        if (one.kind === "create" || one.kind === "update")
          expect(await life.golden(people, one.key)).toMatchObject(one.fields);
      expect(await life.golden(people, "1")).toMatchObject({ name: "Ada of the books" });

      life.contacts.put("1", { name: "Ada L.", email: "Ada@x.example", phone: "+331", notes: "kept" }); // prettier-ignore
      life.contacts.put("5", { name: "Dee D.", email: "dee@x.example" });
      const again = await life.foresee(people);
      expect(ofKey(again, "1")?.kind).toBe("unchanged");
      expect(ofKey(again, "5")).toMatchObject({ kind: "update", fields: { name: "Dee D." } });
      expect(await life.run(people)).toMatchObject(countsOf(again));
    }));

  test("what is pulled along first is foreseen, and so is what could not be", () =>
    withStore(async (store) => {
      const life = await liveWith(store);
      life.contacts.put("1", { name: "Ada", email: "ada@x.example" });
      life.contacts.put("2", { name: "Ada too", email: "ada@x.example" });
      life.deals.put("d1", { title: "Roof", customer: "1" });
      life.deals.put("d2", { title: "Cellar", customer: "2" });
      life.deals.put("d3", { title: "Door", customer: "9" });
      life.deals.put("d4", { title: "Window" });

      const seen = await life.foresee(deals);
      expect(seen.map(({ key, kind, first }) => [key, kind, first])).toEqual([
        ["d1", "create", ["customer"]],
        ["d2", "invalid", undefined],
        ["d3", "invalid", undefined],
        ["d4", "create", undefined],
      ]);
      expect(ofKey(seen, "d1")).toMatchObject({ fields: { title: "Roof", customer: "1" } });
      expect(await store.ledger.links(people.name)).toBe(0);

      expect(await life.run(deals)).toMatchObject(countsOf(seen));
      expect(await life.golden(deals, "d1")).toMatchObject({ title: "Roof" });
      expect((await life.golden(people, "1"))?.["name"]).toBe("Ada");
      const after = await life.foresee(deals);
      expect(ofKey(after, "d1")?.kind).toBe("unchanged");
    }));
}
