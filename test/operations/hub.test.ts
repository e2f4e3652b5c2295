import { expect, test } from "vitest";
import { admin, makeRoom, terminal } from "./support/room.ts";

const file = "workspace.yaml";
const owned = `hub:
  customer:
    owner: [books, crm]
    fields:
      phone: newest
      email: filled
`;

test("who owns what is written down, applied, exported, and unchanged the second time", async () => {
  const { perform, audit } = await makeRoom();
  const plan = await perform("workspace.apply", { text: owned, file }, terminal);
  expect(plan.hub).toEqual({ created: ["customer"], updated: [], unchanged: [] });
  const { text } = await perform("workspace.export", {}, admin);
  expect(text).toContain("hub:\n  customer:\n    owner:\n      - books\n      - crm\n");
  const again = await perform("workspace.apply", { text, file }, terminal);
  expect(again.hub).toEqual({ created: [], updated: [], unchanged: ["customer"] });

  const [view] = (await perform("hub.owners", { entity: "customers" }, admin)).entities;
  expect(view).toMatchObject({
    version: 1,
    changed: { by: "ada (terminal)" },
    ownership: {
      default: { kind: "order", connections: ["books", "crm"] },
      fields: { phone: { kind: "newest" }, email: { kind: "filled" } },
    },
  });
  expect(audit.rows.map(({ operation }) => operation)).toContain("workspace.apply");
});

test.each([
  ["hub:\n  custmer: { owner: newest }\n", "1:1", "did you mean customer?"],
  ["hub:\n  customer: { owner: oldest }\n", "2:", "owner must be newest, filled, or connections"],
  [
    "hub:\n  customer: { owner: [boks] }\n",
    "2:",
    "there is no connection “boks”; did you mean books?",
  ],
  ["hub:\n  customer: { owner: [crm, crm] }\n", "2:", "crm stands here twice"],
  ["hub:\n  customer: { owner: [hub] }\n", "2:", "there is no connection “hub”"],
  [
    "hub:\n  customer: { fields: { fone: newest } }\n",
    "2:",
    "a customer has no field “fone” in the hub; did you mean phone?",
  ],
  ["hub:\n  customer: { onwer: newest }\n", "2:", "did you mean owner?"],
])("a wrong rule is said where it stands: %s", async (text, _place, said) => {
  const { perform, refusal } = await makeRoom();
  const why = await refusal(perform("workspace.apply", { text, file }, terminal));
  expect(why).toMatch(/^Mistake: workspace\.yaml:2:\d+: /);
  expect(why).toContain(said);
});

test("a rule that somebody changed meanwhile is not written over", async () => {
  const { perform, refusal, audit } = await makeRoom();
  const ask = { entity: "customer", version: 0, owner: ["crm"], fields: {} };
  expect(await perform("hub.set-owners", ask, admin)).toMatchObject({ version: 1 });
  const why = await refusal(perform("hub.set-owners", { ...ask, owner: "filled" }, admin));
  expect(why).toMatch(
    /Somebody changed this while you had it open \(.+\)\. Nothing of yours was kept/,
  );
  expect(audit.rows.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
    "hub.set-owners done",
    "hub.set-owners failed",
  ]);
  const wrong = { ...ask, version: 1, fields: { fone: "newest" } };
  expect(await refusal(perform("hub.set-owners", wrong, admin))).toContain("did you mean phone?");
});
