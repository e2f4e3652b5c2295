import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import type { Ends, Source } from "#domain/ports/tools.ts";
import type { PageRecord } from "#domain/record.ts";
import type { Spoke } from "#domain/spoke.ts";
import { makePrint } from "#engine/print.ts";
import { makeWorld, people, person, type World } from "../support/memory/world.ts";
import { changes, everything, perform } from "./performing.ts";

const filled = async (records: number): Promise<World> => {
  const world = makeWorld();
  for (let n = 0; n < records; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  await perform(world);
  return world;
};

const change = (world: World, about: Partial<Flow>): void =>
  void world.memory.flows.set(people, { ...world.flow(), ...about });

const bare = { id: "k1", changedAt: null, raw: () => Buffer.from(""), content: { kind: "gone" } } as const; // prettier-ignore
const record = (text: string): PageRecord => ({ ...bare, text: () => text });

test("what is as it was is not decoded, and what has changed is", async () => {
  const world = await filled(25);
  expect(world.source.decoded).toBe(0);

  const same = await perform(world, everything);
  expect(same.counts).toMatchObject({ read: 25, unchanged: 25 });
  expect(world.source.decoded).toBe(0);

  world.source.put("k3", person("Another"));
  const changed = await perform(world, everything);
  expect(changed.counts).toMatchObject({ read: 25, unchanged: 24, updated: 1 });
  expect(world.source.decoded).toBe(1);
});

test("other rules, another day or another version of us, and all is looked into again, once", async () => {
  const world = await filled(10);
  const decodedBy = async (): Promise<number> => {
    const before = world.source.decoded;
    await perform(world, everything);
    return world.source.decoded - before;
  };
  change(world, { set: { notes: "from the CRM" } });
  expect(await decodedBy()).toBe(10);
  expect(world.target.live().every(({ fields }) => fields["notes"] === "from the CRM")).toBe(true);
  expect(await decodedBy()).toBe(0);

  world.source.decoding = "a newer version";
  expect(await decodedBy()).toBe(10);
  expect(await decodedBy()).toBe(0);

  change(world, { where: { created: { after: { today: -30 } } } });
  await decodedBy();
  world.clock.pass(24 * 3600_000);
  expect(await decodedBy()).toBe(10);
});

test("a filter by a fixed day does not turn with time", () => {
  const { ends, ports, flow, source, clock } = makeWorld();
  source.put("k1", person("Ada"));
  const printWith = (where: Flow["where"]) =>
    makePrint({ ...flow(), where }, { ends }, ports)(record("{}"));
  const [fixed, turning] = [{ created: { after: "2026-01-01" } }, { created: { before: "today" } }];
  const before = [printWith(fixed), printWith(turning)];
  clock.pass(24 * 3600_000);
  expect(printWith(fixed)).toBe(before[0]);
  expect(printWith(turning)).not.toBe(before[1]);
});

type About = { flow?: Partial<FlowPlan>; ends?: Partial<Ends>; source?: Partial<Source>; holds?: string[]; spoke?: Spoke | null; text?: string }; // prettier-ignore

/** The print of a record in a flow of which this is so. */
function printed({ flow, ends, source, holds, spoke, text = "{}" }: About = {}):
  string | undefined {
  const world = makeWorld(flow);
  Object.assign(world.source, source);
  if (holds !== undefined) world.target.holds = new Set(holds);
  const hash = (of: string) => createHash("sha256").update(of).digest("hex");
  const reading = { ends: { ...world.ends, ...ends }, ...(spoke !== undefined && { spoke }) };
  return makePrint(world.flow(), reading, { hash, clock: world.clock })(record(text));
}

test.each<[string, About]>([
  ["its own text", { text: "{ }" }],
  ["the version of what decodes it", { source: { decoding: "newer" } }],
  ["a field that is called otherwise at the target", { flow: { map: { company_name: "name" } } }],
  ["a constant", { flow: { set: { notes: "set" } } }],
  ["the filter", { flow: { where: { name: "Ada" } } }],
  ["a field that is left out", { flow: { leaveOut: ["phone"] } }],
  ["how records are told", { flow: { match: ["phone"] } }],
  ["the zone of its days", { flow: { window: { from: "22:00", to: "06:00", zone: "Europe/Paris" } } }],
  ["what the records are", { ends: { entity: { from: "customer", to: "company" } } }],
  ["that it is written once", { ends: { once: true } }],
  ["that what is linked takes part", { ends: { follows: true } }],
  ["what the target can hold", { holds: ["name", "email"] }],
])("another print tells of another content: %s", (_what, about) => {
  const [before, after] = [printed(), printed(about)];
  expect([before?.length, after?.length]).toEqual([22, 22]);
  expect(after).not.toBe(before);
  expect(printed(about)).toBe(after);
}); // prettier-ignore

test("the order in which a target names what it holds tells of nothing", () => {
  expect(printed({ holds: ["name", "email"] })).toBe(printed({ holds: ["email", "name"] }));
});

test.each<[string, About]>([
  ["the source cannot say how it decodes", { source: { decoding: undefined as never } }],
  ["both sides decide", { flow: { twoWay: { default: "ask", fields: {} } } }],
  ["the hub decides with what it was told before", { spoke: { heading: "in", counters: [] } }],
])("there is no print where %s", (_what, about) => {
  expect(printed(about)).toBe(undefined);
});

test("a record without a text of its own has no print", () => {
  const { ends, ports, flow } = makeWorld();
  expect(makePrint(flow(), { ends }, ports)(bare)).toBe(undefined);
});

/** What can happen to a flow between two runs of it. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: fc.nat(5), as: fc.nat(3), more: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ remove: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ owe: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ bad: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ refuse: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      rules: fc.constantFrom<Partial<Flow>>(
        { set: {} },
        { set: { notes: "set" } },
        { map: { company_name: "name" } },
        { where: { name: { not: "N1" } } },
        { leaveOut: ["phone"] },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ full: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

async function take(world: World, one: Step): Promise<void> {
  if ("put" in one) world.source.put(`k${one.put}`, person(`N${one.as}`, { phone: `+4420${one.more}` })); // prettier-ignore
  if ("remove" in one) world.source.remove(`k${one.remove}`);
  if ("bad" in one)
    world.source.put(`k${one.bad}`, { name: "Bad", email: "not one" }, [
      { class: "invalid", field: "email", code: "BAD_EMAIL", message: "This is no e-mail address" },
    ]);
  if ("owe" in one) {
    const link = world.links().get(`k${one.owe}`);
    if (link) world.memory.links.get(people)?.set(link.key, { ...link, hash: "" });
  }
  if ("refuse" in one) {
    const problem = {
      class: "rejected",
      field: "name",
      code: "NO",
      message: "Not this one",
    } as const;
    world.target.refuse = ({ name }) => (name === `N${one.refuse}` ? problem : null);
  }
  if ("rules" in one) change(world, one.rules);
  if ("full" in one) await perform(world, one.full ? everything : changes);
}

test("with prints and without, everything becomes the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40, size: "max" }),
      async (steps) => {
        const [told, untold] = [
          makeWorld({ deletes: "archive" }),
          makeWorld({ deletes: "archive" }),
        ];
        delete untold.source.decoding;
        for (const one of [...steps, { full: true }])
          for (const world of [told, untold]) await take(world, one);
        const seen = (world: World) => ({
          runs: [...world.memory.runs.values()].map(({ counts }) => counts),
          links: [...world.links().values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
          target: world.target.live(),
          letters: world.letters().map(({ key, state, hash, problem }) => ({ key, state, hash, problem })), // prettier-ignore
        });
        expect(seen(told)).toEqual(seen(untold));
      },
    ),
    { numRuns: 200 },
  );
});
