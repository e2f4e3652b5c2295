import { expect, test } from "vitest";
import type { Connection } from "#domain/connection.ts";
import { RetryLater, SignInAgain } from "#domain/errors.ts";
import { connectionName } from "#domain/ids.ts";
import type { Choosable } from "#domain/ports/choices.ts";
import { chooseSettings } from "#operations/connections/choose.ts";
import { lookAtInvitation, redeemInvitation } from "#operations/connections/invitation.ts";
import { admin, makeRoom, operator } from "./support/room.ts";
import { hubspot, working } from "./support/tools.ts";

const setting = { about: "Its number.", kind: "text", brought: true, chosen: true } as const;
const settings = [
  { ...setting, name: "shop", label: "Shop", optional: false },
  { ...setting, name: "till", label: "Till", optional: false },
  { ...setting, name: "list", label: "List", optional: true },
];
const choice = (value: string, also: Record<string, string> = {}) => ({ value, label: `The ${value}`, also }); // prettier-ignore

/** A tool with shops, each with its till, and lists that nobody needs. */
async function shopRoom(shops: readonly string[], lists: readonly string[] = []) {
  const room = await makeRoom();
  const { tools, perform, world } = room;
  tools.facts = () => ({ ...hubspot, settings });
  tools.choosable = (connection) => {
    const blank = (name: string) => connection.settings[name] === undefined;
    const all: (Choosable & { isOpen: boolean })[] = [
      {
        settings: settings.slice(0, 2),
        optional: false,
        choices: shops.map((shop) => choice(shop, { till: `${shop}-till` })),
        problem: null,
        isOpen: blank("shop") || blank("till"),
      },
      {
        settings: settings.slice(2),
        optional: true,
        choices: lists.map((list) => choice(list)),
        problem: null,
        isOpen: blank("list"),
      },
    ];
    return all.filter(({ isOpen }) => isOpen);
  };
  const token = async () =>
    (await perform("connections.invite", { connection: "crm" }, admin)).url.split("#")[1] ?? "";
  const give = async () => redeemInvitation(world, await token(), { token: "key" });
  const crm = async (): Promise<Connection> => {
    const found = await world.registry.connection(connectionName("crm"));
    if (found === undefined) throw new Error("no crm");
    return found;
  };
  return { ...room, token, give, crm };
}

const chosen = (redeemed: object): string => {
  if (!("choose" in redeemed)) throw new Error(JSON.stringify(redeemed));
  return String(redeemed.choose);
};

test("what there is one of is not asked for, nor what there is none of", async () => {
  const { give, crm, memory } = await shopRoom(["paris"]);
  expect(await give()).toMatchObject({ account: "Harbour & Sons" });
  expect((await crm()).settings).toEqual({ shop: "paris", till: "paris-till" });
  expect(memory.told[0]).toMatchObject({ kind: "signed_in", connection: "crm" });
});

test("of several a person chooses on the same page, and only then is it looked at", async () => {
  const room = await shopRoom(["paris", "lyon"], ["a"]);
  const { world, give, crm, tools, memory, safe } = room;
  const next = chosen(await give());
  expect([tools.checked.length, memory.told.length, safe.kept.get("crm")]).toEqual([0, 0, { token: "key" }]); // prettier-ignore
  expect(room.audit.rows.at(-1)).toMatchObject({
    operation: "connections.sign-in",
    detail: "kept; what it works with is still to be chosen",
  });
  const form = await lookAtInvitation(world, next, true);
  expect(form?.open).toMatchObject([
    { settings: [{ name: "shop", label: "Shop" }, { name: "till" }], choices: [{ value: "paris" }, { value: "lyon" }] }, // prettier-ignore
    { settings: [{ name: "list" }], optional: true },
  ]);
  expect(await room.refusal(chooseSettings(world, next, {}))).toBe("Mistake: Please choose: Shop.");
  expect(await chooseSettings(world, next, { shop: "lyon" })).toMatchObject({ account: "Harbour & Sons" }); // prettier-ignore
  expect((await crm()).settings).toEqual({ shop: "lyon", till: "lyon-till" });
  expect(tools.checked).toHaveLength(1);
  expect(await room.refusal(chooseSettings(world, next, { shop: "paris" }))).toMatch(/^Mistake: This link was used already/); // prettier-ignore
});

test("what nobody needs is offered the first time alone", async () => {
  const { give, crm, world } = await shopRoom(["paris"], ["a", "b"]);
  const next = chosen(await give());
  await chooseSettings(world, next, { list: "b" });
  expect((await crm()).settings).toEqual({ shop: "paris", till: "paris-till", list: "b" });
  await world.registry.save({
    connections: [{ ...(await crm()), settings: { shop: "paris", till: "paris-till" } }],
    flows: [],
  });
  expect(await give()).toMatchObject({ account: "Harbour & Sons" });
});

test("who left before choosing finds the choice on the next page, as long as the credential works", async () => {
  const { world, give, token, tools } = await shopRoom(["paris", "lyon"]);
  await give();
  expect((await lookAtInvitation(world, await token()))?.open).toHaveLength(1 + 1);
  tools.choosable = () => {
    throw new SignInAgain("HubSpot says 401");
  };
  tools.choices = () => Promise.reject(new SignInAgain("HubSpot says 401"));
  expect((await lookAtInvitation(world, await token()))?.open).toEqual([]);
});

test("where the tool lists nothing it is typed, and a secret is none", async () => {
  const room = await shopRoom([]);
  const { world, give, crm } = room;
  const next = chosen(await give());
  const secret = { shop: "pat-na1-11111111-2222-3333-4444-555555555555", till: "1" };
  expect(await room.refusal(chooseSettings(world, next, secret))).toBe("Mistake: That is no Shop.");
  expect(await room.refusal(chooseSettings(world, next, { shop: "7" }))).toBe("Mistake: Please choose: Till."); // prettier-ignore
  await chooseSettings(world, next, { shop: "7", till: "8", till2: "x" });
  expect((await crm()).settings).toEqual({ shop: "7", till: "8" });
});

test("a tool that does not answer, or refuses, is told by the look that follows", async () => {
  const { give, tools } = await shopRoom(["paris"]);
  tools.choices = () => Promise.reject(new RetryLater("HubSpot asks us to wait", 60_000));
  expect(await give()).toMatchObject({ account: "Harbour & Sons" });
  tools.choices = () => Promise.reject(new SignInAgain("HubSpot says 401"));
  tools.answer = { ok: false, problem: "HubSpot: no." };
  expect(await give()).toEqual({ problem: "HubSpot: no." });
});

test("nobody chooses who may not, or whose page is over", async () => {
  const room = await shopRoom(["paris", "lyon"]);
  const next = chosen(await room.give());
  room.clock.pass(11 * 60_000);
  expect(await room.refusal(chooseSettings(room.world, next, { shop: "lyon" }))).toMatch(/^Mistake: This link was used already/); // prettier-ignore
  expect((await room.crm()).settings).toEqual({});
});

test("a check fills in what there is one of, and names what there is to choose", async () => {
  const one = await shopRoom(["paris"]);
  expect((await one.perform("connections.check", { connection: "crm" }, operator)).health).toEqual(working); // prettier-ignore
  expect((await one.crm()).settings).toEqual({ shop: "paris", till: "paris-till" });
  const two = await shopRoom(["paris", "lyon"]);
  const { health } = await two.perform("connections.check", { connection: "crm" }, operator);
  expect(health).toEqual({
    ok: false,
    problem:
      "crm has no shop (Shop) yet. It can be paris (The paris) and lyon (The lyon). Choose it on the page that Reconnect opens, or write it into the settings.",
  });
  expect(two.tools.checked).toEqual([]);
});
