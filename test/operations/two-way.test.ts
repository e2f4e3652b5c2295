import { expect, test } from "vitest";
import { admin, makeRoom, terminal } from "./support/room.ts";

const file = "workspace.yaml";
const flow = (lines: string): string =>
  `flows:\n  both:\n    from: books/customers\n    to: crm/contacts\n    match: [email]\n    two_way: true\n${lines}`;

/** What is said of a flow with these lines. */
async function said(lines: string): Promise<string> {
  const { perform, refusal } = await makeRoom();
  // The room's own flow goes between the same ends.
  const text = flow(lines);
  return refusal(perform("workspace.plan", { text, file }, terminal));
}

test("a two-way flow says whose value counts, by field or for all; else people are asked", async () => {
  const { perform, world } = await makeRoom();
  await perform("flows.remove", { flow: "customers-to-books" }, admin);
  const plan = async (lines: string) =>
    (await perform("workspace.plan", { text: flow(lines), file }, admin)).plans[0]?.twoWay;
  expect(await plan("")).toEqual({ default: "ask", fields: {} });
  expect(await plan("    truth: newest\n")).toEqual({ default: "newest", fields: {} });
  expect(await plan("    truth: { default: newest, phone: source }\n")).toEqual({
    default: "newest",
    fields: { phone: "source" },
  });
  const text = flow("    truth: { phone: non_empty }\n");
  await perform("workspace.apply", { text, file }, terminal);
  const exported = (await perform("workspace.export", {}, admin)).text;
  expect(exported).toContain("two_way: true");
  const again = await perform("workspace.apply", { text: exported, file }, terminal);
  expect(again.flows).toMatchObject({ created: [], updated: [], unchanged: ["both"] });
  expect((await world.registry.flows())[0]?.twoWay?.fields).toEqual({ phone: "non_empty" });
});

test.each([
  ["    truth: latest\n", /truth must be source, target, newest, non_empty, union, ask/],
  ["    truth: { phoen: source }\n", /a customer has no field “phoen”; did you mean phone\?/],
  ["    truth: { phone: union }\n", /union is for a field that is a list/],
  ["    map: { phone: mobile, mobile: mobile }\n", /mobile fills another field already/],
])("what a two-way flow cannot follow is said: %s", async (lines, what) => {
  expect(await said(lines)).toMatch(what);
});

test("another truth than the source's needs a flow that goes both ways", async () => {
  const { perform, refusal } = await makeRoom();
  const text = flow("    truth: newest\n").replace("two_way: true", "two_way: false");
  expect(await refusal(perform("workspace.plan", { text, file }, terminal))).toMatch(
    /only a two-way flow has another truth than source; add two_way: true/,
  );
});
