import { expect, test } from "vitest";
import type { HooksView } from "#operations/hooks/contract.ts";
import { hooksRenewed, hooksShown } from "#slack/views/hooks.ts";
import { ask, buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage } from "./support/limits.ts";
import { ago } from "./support/samples.ts";

const token = `tok_-_${"x".repeat(37)}`;
const view: HooksView = {
  connection: "zaps",
  title: "Zapier",
  facts: {
    about: "In a Zap, Webhooks by Zapier, POST.",
    token: "as_key",
    inboxes: ["customers"],
    tells: false,
    watched: [],
    events: ["customer.created"],
    failures: null,
    asks: null,
    unsigned: false,
  },
  madeAt: null,
  verified: true,
  addresses: [{ about: "Customers", url: "https://t.example/hooks/events/customers" }],
  subscribers: [],
  told: null,
};
const made = { ...view, madeAt: ago(60) };
const on = { kind: "on", failingSince: null } as const;

test("before there is a key, there is one thing to do", async () => {
  const { text, buttons, seenBy, performed } = await ask("/connector hooks zaps", { "hooks.show": view }); // prettier-ignore
  expect(seenBy).toBe("asker");
  expect(performed).toMatchObject([{ name: "hooks.show", input: { connection: "zaps" } }]);
  expect(text).toContain("● *No address yet*: nobody can send anything.");
  expect(text).not.toContain("/hooks/events");
  expect(buttons).toEqual(["hook.renew zaps"]);
});

test("a new key is shown letter for letter, with where it goes", () => {
  const shown = hooksRenewed({ ...made, key: token });
  expectGoodMessage(shown);
  expect(JSON.stringify(shown.blocks)).toContain(token);
  expect(shown.text).toContain("Copy it before this message goes: it is shown this once.");
  expect(JSON.stringify(shown.blocks)).toContain("https://t.example/hooks/events/customers");
});

test("afterwards its addresses are shown, and that a new key ends the old one is asked first", () => {
  const shown = hooksShown({
    ...made,
    subscribers: [{ id: "sub_1", event: "customer.created", endpoint: on }],
  });
  expectGoodMessage(shown);
  expect(shown.text).toContain("was made");
  expect(buttonsIn(shown.blocks)).toEqual(["hook.renew zaps", "hook.unsubscribe zaps sub_1"]);
  const [renew] = shown.blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  expect(renew).toMatchObject({ confirm: { style: "danger" } });
});

test("a secret to be copied is asked for on the page, and its absence is said", () => {
  const asking = { ...made, facts: { ...view.facts, token: "in_address" as const, asks: "Verifier token" } }; // prettier-ignore
  const missing = hooksShown({ ...asking, verified: false });
  expectGoodMessage(missing);
  expect(missing.text).toContain("● *The Verifier token is missing*");
  expect(buttonsIn(missing.blocks)).toContain("hook.secret zaps");
  expect(hooksShown({ ...asking, verified: true }).text).toContain("✓ The Verifier token is known");
});

test("of who asked and takes nothing it is said since when, and one that is off can be switched on", () => {
  const off = { kind: "off", reason: "It has taken nothing for 5 days.", at: ago(1), by: "Tieline" } as const; // prettier-ignore
  const subscribers = [
    { id: "sub_1", event: "deal.won", endpoint: off },
    { id: "sub_2", event: "deal.won", endpoint: { kind: "on" as const, failingSince: ago(9) } },
  ];
  const shown = hooksShown({ ...made, subscribers });
  expectGoodMessage(shown);
  expect(shown.text).toMatch(/● \*Switched off\* since .*5 days/);
  expect(shown.text).toContain("◔ *Takes none* since");
  expect(buttonsIn(shown.blocks)).toEqual(["hook.renew zaps", "delivery.switch-on zaps sub_1", "hook.unsubscribe zaps sub_2"]); // prettier-ignore
});

test("two hundred who asked to be told still make a message", () => {
  const subscribers = Array.from({ length: 200 }, (_, n) => ({
    id: `sub_${n}`,
    event: "e.f",
    endpoint: on,
  }));
  const shown = hooksShown({ ...made, subscribers });
  expectGoodMessage(shown);
  expect(shown.text).toContain("And 180 more.");
});

test("a tool that we ask ourselves needs no address from anybody", () => {
  const facts = { ...view.facts, token: "in_address" as const, watched: ["tasks"], events: [], inboxes: [] }; // prettier-ignore
  const asked = hooksShown({ ...view, facts, addresses: [] });
  expectGoodMessage(asked);
  expect(asked.text).toContain("✓ *Asked by us*");
  expect(buttonsIn(asked.blocks)).toEqual([]);
  // Its app may sign what it sends; until the secret is known the address has to do.
  const signed = { ...facts, asks: "Signing secret", unsigned: true };
  const shown = hooksShown({ ...made, facts: signed, addresses: [], verified: false });
  expect(shown.text).toContain("○ Without the Signing secret");
  expect(buttonsIn(shown.blocks)).toEqual(["hook.secret zaps", "hook.renew zaps"]);
});
