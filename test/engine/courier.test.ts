import { expect, test } from "vitest";
import { RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Fields } from "#domain/fields.ts";
import type { Write } from "#domain/record.ts";
import { makeCourier } from "#engine/courier.ts";
import { batches, inFlight } from "#engine/in-flight.ts";
import { makeMatcher } from "#engine/matcher.ts";
import { makeRecent } from "#engine/recent.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

const create = (key: string, fields: Fields = person(key)): Write => ({ kind: "create", key, hash: "h", fields }); // prettier-ignore
const keys = (...names: string[]): Write[] => names.map((name) => create(name));
const no = { class: "rejected", field: null, code: null, message: "No" } as const;

/** Brings writes to the world's target; `told`: what came of each. */
function courierOf(world: World) {
  const claimed = inHand(world);
  const courier = makeCourier(
    world.ports,
    claimed,
    makeMatcher(world.ports, claimed, makeRecent()),
  );
  const told: string[] = [];
  const deliver = (writes: readonly Write[], check = () => {}): Promise<void> =>
    courier.deliver(writes, ({ key }, { kind }) => void told.push(`${key} ${kind}`), check);
  const announced = () => world.memory.intents.map(({ request }) => request.id).sort();
  const { settled } = courier;
  return {
    deliver,
    settled,
    told,
    announced,
    answered: () => [...new Set(courier.answered)].sort(),
  };
}

test("each kind goes in requests of its own, as many at once as the target takes, each once", async () => {
  const world = makeWorld();
  const { target } = world;
  target.batch = 2;
  const old = target.put(person("Old"));
  const { deliver, told, announced, answered } = courierOf(world);
  let checks = 0;
  const archive: Write = { kind: "archive", key: "Old", id: old, version: null };
  await deliver([archive, ...keys("A", "B", "C")], () => void (checks += 1));
  expect(target.sent.map(({ writes }) => writes.map(({ key }) => key))).toEqual([["A", "B"], ["C"], ["Old"]]); // prettier-ignore
  expect(told.sort()).toEqual(["A accepted", "B accepted", "C accepted", "Old accepted"]);
  expect(checks).toBe(3);
  expect(answered()).toEqual(announced());
  expect(new Set(answered()).size).toBe(3);
});

test.each([
  ["request_id", 4],
  ["nothing", 2],
] as const)("%s: %i requests are announced before the first is sent", async (repeat, count) => {
  const world = makeWorld();
  world.target.repeat = repeat;
  world.target.batch = 1;
  world.target.parallel = 2;
  const { deliver, told } = courierOf(world);
  let before = -1;
  world.target.fault = () => {
    if (before < 0) before = world.memory.intents.length;
    return "none";
  };
  await deliver(keys("A", "B", "C", "D"));
  expect(before).toBe(count);
  expect(told).toHaveLength(4);
});

test("a request that is refused whole is halved until each bad record is found", async () => {
  const world = makeWorld();
  const { target } = world;
  target.wholeBatches = true;
  target.batch = 5;
  target.refuse = ({ name }) => (name === "D" ? no : null);
  const { deliver, told, announced, answered } = courierOf(world);
  await deliver(keys("A", "B", "C", "D", "E"));
  expect(told.sort()).toEqual(["A accepted", "B accepted", "C accepted", "D rejected", "E accepted"]); // prettier-ignore
  expect(target.sent.map(({ writes }) => writes.map(({ key }) => key).join(""))).toEqual(["ABCDE", "ABC", "DE", "D", "E"]); // prettier-ignore
  expect(answered()).toEqual(announced());
});

test("what was never sent of the halves is over, whatever became of the first", async () => {
  const world = makeWorld();
  world.target.wholeBatches = true;
  world.target.refuse = () => no;
  const down = new SignInAgain("sign in");
  let sends = 0;
  world.target.fault = () => ((sends += 1) === 2 ? down : "none");
  const { deliver, announced, answered } = courierOf(world);
  await expect(deliver(keys("A", "B"))).rejects.toBe(down);
  expect(sends).toBe(2);
  expect(answered()).toEqual(announced());
  expect(announced()).toHaveLength(3);
});

test("a request whose answer was lost is over once it was cleared up", async () => {
  const world = makeWorld();
  let sends = 0;
  world.target.fault = () => ((sends += 1) === 1 ? "lost after" : "none");
  const { deliver, told, announced, answered } = courierOf(world);
  await deliver(keys("A"));
  expect(told).toEqual(["A accepted"]);
  expect(answered()).toEqual(announced());
});

test("what was found where it had been lost is over as well", async () => {
  const world = makeWorld();
  world.target.repeat = "lookup";
  world.target.fault = () => "lost after";
  const { deliver, told, announced, answered } = courierOf(world);
  await deliver(keys("A"));
  expect(told).toEqual(["A accepted"]);
  expect(answered()).toEqual(announced());
});

test("what is there in another form than it was sent stays in doubt until it has its fate", async () => {
  const world = makeWorld();
  world.target.repeat = "lookup";
  world.target.fault = () => "lost before";
  world.target.put({ ...person("A"), name: "Another form" });
  const { deliver, settled, told, announced, answered } = courierOf(world);
  await deliver(keys("A"));
  expect(told).toEqual(["A again"]);
  expect(answered()).toEqual([]);
  settled();
  expect(answered()).toEqual(announced());
  expect(answered()).toHaveLength(1);
});

test.each<[string, Error, "request_id" | "nothing", boolean]>([
  ["who has to sign in has written nothing", new SignInAgain("sign in"), "request_id", true],
  ["who has to wait has written nothing", new RetryLater("wait", 1_000), "request_id", true],
  ["a tool that does not work may have, where a second look costs nothing", new Unavailable("down"), "request_id", false],
  ["where no look helps it is believed", new Unavailable("down"), "nothing", true],
  ["a defect of ours says nothing", new TypeError("oops"), "nothing", false],
])("%s", async (_what, error, repeat, over) => {
  const world = makeWorld();
  world.target.repeat = repeat;
  world.target.batch = 1;
  world.target.parallel = 1;
  let sends = 0;
  world.target.fault = () => ((sends += 1) === 1 ? error : "none");
  const { deliver, told, announced, answered } = courierOf(world);
  await expect(deliver(keys("A", "B", "C"))).rejects.toBe(error);
  // Nothing new is sent, and what never began certainly did nothing.
  expect(sends).toBe(1);
  expect(told).toEqual([]);
  expect(announced().length - answered().length).toBe(over ? 0 : 1);
}); // prettier-ignore

test("a mapping that turns out to be broken ends it after the request in hand", async () => {
  const world = makeWorld();
  world.target.batch = 1;
  world.target.parallel = 1;
  const { deliver, told, announced, answered } = courierOf(world);
  const broken = new Error("broken");
  const check = (): void => {
    if (told.length === 2) throw broken;
  };
  await expect(deliver(keys("A", "B", "C", "D"), check)).rejects.toBe(broken);
  expect(told).toEqual(["A accepted", "B accepted"]);
  expect(answered()).toEqual(announced());
});

test.each([
  [0, 1],
  [1, 1],
  [3, 3],
  [99, 5],
])("with a limit of %i, %i of five are in flight together", async (limit, most) => {
  let now = 0;
  let seen = 0;
  const done: number[] = [];
  const work = async (item: number): Promise<void> => {
    seen = Math.max(seen, (now += 1));
    await Promise.resolve();
    now -= 1;
    done.push(item);
  };
  await inFlight(limit, [1, 2, 3, 4, 5], work, () => {
    throw new Error("all of them began");
  });
  expect([seen, done.toSorted()]).toEqual([most, [1, 2, 3, 4, 5]]);
});

test("after an error what is in flight ends, and the rest is told to have never begun", async () => {
  const [ended, untouched]: number[][] = [[], []];
  const work = async (item: number): Promise<void> => {
    await Promise.resolve();
    if (item === 1) throw new Error("first");
    await Promise.resolve();
    ended?.push(item);
    throw new Error("second");
  };
  await expect(inFlight(2, [1, 2, 3, 4], work, (item) => untouched?.push(item))).rejects.toThrow("first"); // prettier-ignore
  expect([ended, untouched]).toEqual([[2], [3, 4]]);
});

test("batches hold all in their order, at least one each", () => {
  const of = (size: number) => [...batches([1, 2, 3, 4, 5], size)];
  expect(of(2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(of(5)).toEqual([[1, 2, 3, 4, 5]]);
  expect(of(0)).toEqual(of(1));
  expect([...batches([], 3)]).toEqual([]);
});
