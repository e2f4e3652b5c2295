import { expect, test } from "vitest";
import { flowName } from "#domain/ids.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { runId } from "#domain/ids.ts";
import { noCounts } from "#domain/run.ts";
import { chain } from "#operations/flows/checks/chain.ts";
import type { Subject } from "#operations/flows/checks/check.ts";
import { cycle } from "#operations/flows/checks/cycle.ts";
import { flowWords } from "#operations/workspace/flow-words.ts";
import { endOf } from "../../support/plain-plan.ts";
import { admin, makeRoom } from "../support/room.ts";

/** "a/x b/x": a flow between these two. */
async function flow(words: string): Promise<FlowPlan> {
  const [from = "", to = ""] = words.split(" ");
  const { flow: like } = await makeRoom();
  return { ...like, name: flowName(words.replace(/\W+/g, "-")), from: endOf(from), to: endOf(to) };
}

async function subject(words: string, others: readonly string[]): Promise<Subject> {
  return {
    plan: await flow(words),
    others: await Promise.all(others.map(flow)),
    linked: null,
    objectAt: () => undefined,
  } as unknown as Subject;
}

test.each<[string, readonly string[], string | null]>([
  ["a/x b/x", ["b/x a/x"], "records would go round: a/x → b/x → a/x; one two-way flow does both"],
  ["c/x a/x", ["a/x b/x", "b/x c/x"], "records would go round: c/x → a/x → b/x → c/x"],
  ["c/x hub/customer", ["hub/customer c/x", "a/x b/x"], null],
  ["a/x b/x", ["b/x c/x", "b/y a/x"], null],
  ["a/x b/x", ["b/x c/x", "c/x d/x", "d/x b/x"], null],
])("records that %s with %j", async (words, others, expected) => {
  const found = cycle(await subject(words, others));
  if (expected === null) expect(found).toEqual([]);
  else
    expect(found).toMatchObject([{ level: "error", message: expect.stringContaining(expected) }]);
});

test("a two-way flow makes a round with another way between its ends, whichever way that goes", async () => {
  for (const others of [
    ["b/x c/x", "c/x a/x"],
    ["a/x c/x", "c/x b/x"],
  ]) {
    const { plan, ...rest } = await subject("a/x b/x", others);
    const twoWay = { ...plan, twoWay: { default: "ask", fields: {} } as const };
    expect(cycle({ ...rest, plan: twoWay })).toHaveLength(1);
    expect(cycle({ ...rest, plan: twoWay, others: [] })).toEqual([]);
  }
});

test("what is sent to somebody does not come back by itself", async () => {
  const { perform } = await makeRoom();
  const saved = [
    await perform(
      "flows.add",
      { name: "told", flow: { from: "books/messages", to: "crm/contacts" } },
      admin,
    ),
    await perform(
      "flows.add",
      { name: "telling", flow: { from: "crm/contacts", to: "books/messages" } },
      admin,
    ),
  ];
  expect(saved.map(({ kind }) => kind)).toEqual(["saved", "saved"]);
});

test("a chain is counted through the new flow, in both directions", async () => {
  const three = await subject("b/x c/x", ["a/x b/x", "c/x d/x"]);
  expect(chain(three)).toEqual([]);
  const four = await subject("b/x c/x", ["a/x b/x", "c/x d/x", "d/x e/x", "c/x f/x"]);
  expect(chain(four)).toMatchObject([
    {
      level: "warning",
      message: expect.stringContaining("4 flows one after the other: a/x → b/x → c/x → d/x → e/x"),
    },
  ]);
});

test("a web of very many flows is read to an end", async () => {
  const ends = Array.from({ length: 12 }, (_, n) => `t${n}/x`);
  const others = ends.flatMap((from) =>
    ends.filter((to) => to !== from).map((to) => `${from} ${to}`),
  );
  const { plan, others: all, ...about } = await subject("t0/x t1/x", others.slice(1));
  expect(cycle({ ...about, plan, others: all })).toHaveLength(1);
  expect(chain({ ...about, plan, others: all })).toHaveLength(1);
});

test("two flows that fill a field of one object are named with the fields", async () => {
  const { perform } = await makeRoom();
  await perform("connections.add", { name: "shop", connector: "hubspot" }, admin);
  const words = { from: "shop/contacts", to: "books/customers", match: ["email"] };
  const saved = await perform("flows.add", { name: "shop-to-books", flow: words }, admin);
  expect(saved).toMatchObject({
    kind: "saved",
    warnings: [
      "Shop/contacts → books/customers and crm/contacts → books/customers (customers-to-books) both fill Name, E-mail, Phone, Mobile and Country; of a record that is in both, whichever ran last wins.",
    ],
  });
  const leave = ["name", "phone", "mobile", "address.country"];
  const match = { ...words, leave_out: leave };
  const less = await perform(
    "flows.change",
    { flow: "shop-to-books", version: 1, to: match },
    admin,
  );
  expect(less).toMatchObject({ warnings: [expect.stringMatching(/both fill E-mail;/)] });
});

test("a schedule that the limits cannot carry is a warning, by what runs handled lately", async () => {
  const room = await makeRoom();
  const { perform, memory, flow: customers, clock } = room;
  const id = runId("r1");
  const { run } = await perform("runs.start", { flow: customers.name }, admin);
  const counts = { ...noCounts, read: 400_000, updated: 400_000 };
  const stored = memory.runs.get(run.id);
  if (stored === undefined) throw new Error("there is a run");
  memory.runs.set(id, { ...stored, id, state: { kind: "done" }, counts, endedAt: clock.now() });
  const to = { ...flowWords(customers), about: "Larger" };
  const change = await perform("flows.change", { flow: customers.name, version: 1, to }, admin);
  expect(change).toEqual({
    kind: "warned",
    warnings: [
      "A run needs about 80000 calls of QuickBooks, which its limits spread over 3 hours, and the next is to start after 15 minutes; runs follow one another without a break.",
    ],
  });
});

test("a workspace file is refused for what is an error, and applied with what is a warning", async () => {
  const { perform, refusal } = await makeRoom();
  const text = `flows:
  back:
    from: books/customers
    to: crm/contacts
    match: [email]
`;
  expect(await refusal(perform("workspace.apply", { text, file: "w.yaml" }, admin))).toMatch(
    /^Mistake: w.yaml:2:3: records would go round: books\/customers → crm\/contacts → books\/customers/,
  );
  const tight = `flows:
  forms:
    from: crm/forms
    to: books/messages
    trigger: { cron: "*/5 * * * *" }
`;
  const plan = await perform("workspace.apply", { text: tight, file: "w.yaml" }, admin);
  expect(plan.flows.created).toEqual(["forms"]);
  expect(plan.warnings).toEqual([
    { flow: "forms", message: expect.stringContaining("can only be read whole") },
  ]);
});
