import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { noticeDue, tellEnding } from "#operations/connections/expiry.ts";
import { redeemInvitation } from "#operations/connections/invitation.ts";
import { admin, makeRoom, operator, type Room } from "./support/room.ts";

const books = connectionName("books");
const crm = connectionName("crm");
const days = (count: number) => ({ hours: 24 * count });
const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const standing = { expires: null, refused: null, account: null };

test.each([
  [null, null],
  [days(15), null],
  [days(14.01), null],
  [days(14), 14],
  [days(8), 14],
  [days(7), 7],
  [days(1.5), 7],
  [days(1), 1],
  [{ hours: 2 }, 1],
  [{ hours: 0 }, 0],
  [{ hours: -100 }, 0],
])("%j before the end the notice of %s days is due", (left, due) => {
  const expires = left === null ? null : now.add({ seconds: Math.round(left.hours * 3600) });
  expect(noticeDue({ ...standing, expires }, now)).toBe(due);
});

test("what was refused is due at once, whenever it would have ended", () => {
  expect(noticeDue({ ...standing, expires: now.add(days(90)), refused: now }, now)).toBe(0);
});

/** The books' sign-in ends in so many days. */
async function endingIn(count: number) {
  const room = await makeRoom();
  const expires = room.clock.now().add(days(count));
  await room.safe.keep(books, { secret: { token: "x" }, expires });
  return room;
}
const told = ({ memory }: Room) => memory.told.filter(({ kind }) => kind === "expiry");

test("an owner hears of the notice that is due, and of no other", async () => {
  const room = await endingIn(6);
  await tellEnding(room.world);
  expect(told(room)).toEqual([{ kind: "expiry", connection: "books", days: 7 }]);
  const later = await endingIn(20);
  await tellEnding(later.world);
  expect(told(later)).toEqual([]);
});

/** A connection that was signed in to through the browser. */
async function signedIn(room: Room) {
  const connection = await room.world.registry.connection(books);
  if (connection === undefined) throw new Error("There are no books");
  const credential = { refresh_token: { kind: "kept" } } as const;
  await room.world.registry.save({ connections: [{ ...connection, credential }], flows: [] });
}

test("what use prolongs is used first, and then nobody has to do anything", async () => {
  const room = await endingIn(6);
  await signedIn(room);
  const { tools, safe, clock } = room;
  const look = tools.check.bind(tools);
  tools.check = async (connection, signal) => {
    await safe.keep(books, { secret: { token: "y" }, expires: clock.now().add(days(100)) });
    return look(connection, signal);
  };
  await tellEnding(room.world);
  expect(tools.checked).toHaveLength(1);
  expect(told(room).length).toBe(4);
  expect(noticeDue(await safe.standing(books), clock.now())).toBeNull();
});

test("a key is not looked at for that, and one that was refused is not asked for again", async () => {
  const room = await endingIn(6);
  await room.world.safe.noteAccount(crm, "x");
  room.safe.standings.set(crm, { ...standing, refused: room.clock.now() });
  await tellEnding(room.world);
  expect(room.tools.checked).toEqual([]);
  expect(told(room)).toEqual([
    { kind: "expiry", connection: "books", days: 7 },
    { kind: "expiry", connection: "crm", days: 0 },
  ]);
});

test("the digest names what ends soon, the soonest first, and a refused one is not signed in", async () => {
  const room = await endingIn(6);
  room.safe.standings.set(crm, { ...standing, refused: room.clock.now() });
  const { ending } = await room.perform("digest.show", {}, operator);
  expect(ending.map(({ connection, signedIn: ok }) => [connection.name, ok])).toEqual([
    ["crm", false],
    ["books", true],
  ]);
});

test("whoever gives a key may say when it ends", async () => {
  const { perform, world, clock, safe, refusal } = await makeRoom();
  const invite = async () => {
    const { url } = await perform("connections.invite", { connection: "crm" }, admin);
    return url.split("#")[1] ?? "";
  };
  const token = await invite();
  const give = (ends: string) => redeemInvitation(world, token, { token: "key" }, ends);
  const soon = clock.now().toString().slice(0, 10);
  for (const wrong of [soon, "2020-01-01", "2027-13-01", "tomorrow", "2027-02-31T00:00"])
    expect(await refusal(give(wrong))).toBe(
      "Mistake: The day on which the key ends is a date to come, such as 2027-03-31.",
    );
  expect(safe.kept.size).toBe(0);
  await give("2099-03-31");
  expect((await safe.standing(crm)).expires?.toString()).toBe("2099-03-31T00:00:00Z");
});

test("removing a connection ends its sign-in at the tool, unless another is of the same account", async () => {
  const { perform, world, tools, refusal } = await makeRoom();
  expect(await refusal(perform("connections.remove", { connection: "crm" }, admin))).toMatch(
    /nothing was removed/,
  );
  expect(tools.revoked).toEqual([]);
  for (const name of ["one", "two", "three"]) {
    await perform("connections.add", { name, connector: "hubspot" }, admin);
    await world.safe.noteAccount(connectionName(name), name === "three" ? "C" : "A");
  }
  const remove = (name: string) => perform("connections.remove", { connection: name }, admin);
  expect(await remove("one")).toEqual({ name: "one", title: "HubSpot", revoked: null });
  expect(await remove("three")).toEqual({ name: "three", title: "HubSpot", revoked: true });
  tools.revoking = async () => async () => false;
  expect(await remove("two")).toMatchObject({ revoked: false });
  expect(tools.revoked).toEqual(["three"]);
});
