import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Fenced, RetryLater } from "#domain/errors.ts";
import type { Allowance } from "#domain/ports/allowance.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Egress } from "#connectors/egress.ts";
import { openBudget } from "#connectors/request/budget.ts";
import { openLimits } from "#connectors/request/limits.ts";
import { type Line, openLine } from "#connectors/request/line.ts";
import type { Prepared } from "#connectors/request/prepare.ts";
import { connectionTo, never, silent } from "./world.ts";

const clock: Clock = {
  now: () => Temporal.Now.instant(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).then(() => undefined),
};

/** As the database counts: in no span more than the bucket holds. */
function sliding(): Allowance {
  const drawn = new Map<string, number[]>();
  return {
    draw({ name, calls, perMs }, want) {
      const now = performance.now();
      const recent = (drawn.get(name) ?? []).filter((at) => at > now - perMs);
      const free = Math.max(0, Math.min(want, calls - recent.length));
      drawn.set(name, [...recent, ...Array.from({ length: free }, () => now)]);
      const waitMs = free > 0 ? 0 : Math.ceil((recent[0] ?? now) + perMs - now);
      return Promise.resolve({ calls: free, waitMs });
    },
    closeUntil: () => Promise.resolve(),
  };
}

type Sent = { who: string; at: number };

/** A tool that takes 20 ms for an answer and says how many calls of a day are made. */
function openTool(calls: number, parallel: number, used = "0/1000") {
  const sent: Sent[] = [];
  const inFlight = { bulk: 0, live: 0 };
  const most = { bulk: 0, live: 0 };
  const egress: Egress = {
    async send({ url }) {
      const who = url.endsWith("bulk") ? "bulk" : "live";
      sent.push({ who, at: performance.now() });
      most[who] = Math.max(most[who], ++inFlight[who]);
      await sleep(20);
      inFlight[who] -= 1;
      return { status: 200, headers: { "x-used": used }, body: Buffer.from("{}") };
    },
    open: () => Promise.reject(new Error("not here")),
    refusalOf: () => null,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const connection = connectionTo("small", "http://127.0.0.1:1");
  const buckets = { all: { calls, per: 1000 } };
  const line = openLine({
    connection,
    title: "Small",
    parallel,
    budget: openBudget({
      calls: 1000,
      told: { header: "x-used", form: "used/limit", keep: 10 },
    }),
    classify: { failed: () => false, verdict: () => expect.fail("nothing fails") },
    limits: openLimits(
      connection.name,
      { buckets, usual: ["all"] },
      { allowance: sliding(), clock },
    ),
    session: {
      sign: ({ headers, path }) =>
        Promise.resolve({ url: `http://127.0.0.1:1${path}`, headers, spoken: [], secret: {} }),
      refused: () => Promise.resolve(null),
      place: () => Promise.resolve(null),
    },
    egress,
    clock,
    log: silent,
  });
  return { line, sent, most };
}

const request = (path: string): Prepared => ({
  method: "GET",
  path,
  host: null,
  headers: {},
  body: null,
  limits: null,
});
const many = (line: Line, path: string, count: number) =>
  Promise.allSettled(Array.from({ length: count }, () => line.read(request(path), never)));

test("what can wait gets half of the calls at most, also while nobody else wants any", async () => {
  const { line, sent } = openTool(40, 20);
  await many(line.within({ leave: never }), "/bulk", 50);
  for (const { at } of sent)
    expect(sent.filter((one) => one.at >= at && one.at < at + 950).length).toBeLessThanOrEqual(20);
});

test("those who wait for the same share draw once, so that hardly any of it is spent in the next second", async () => {
  let [drawn, taken, most] = [0, 0, 0];
  const allowance: Allowance = {
    async draw(_bucket, want) {
      await sleep(10);
      most = Math.max(most, (drawn += want) - taken);
      return { calls: want, waitMs: 0 };
    },
    closeUntil: () => Promise.resolve(),
  };
  const name = connectionTo("small", "http://127.0.0.1:1").name;
  const all = { all: { calls: 200, per: 60_000 } };
  const { takeHalf } = openLimits(name, { buckets: all, usual: ["all"] }, { allowance, clock });
  const worker = async (): Promise<void> => {
    for (let n = 0; n < 10; n += 1) {
      await takeHalf(null, never);
      taken += 1;
      await sleep(20);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  // A twentieth of the hundred, and those who were on their way.
  expect({ taken, most: most <= 5 + 8 }).toEqual({ taken: 80, most: true });
});

test("a live run beside it has its calls as if it were alone", async () => {
  const { line, sent, most } = openTool(40, 4);
  const stop = new AbortController();
  const bulk = many(line.within({ leave: stop.signal }), "/bulk", 200);
  await sleep(300);
  const before = sent.length;
  const began = performance.now();
  await many(line, "/live", 60);
  const took = performance.now() - began;
  stop.abort();
  await bulk;
  expect(before).toBeGreaterThan(5);
  expect(before).toBeLessThanOrEqual(20);
  const first = sent.filter(({ at }) => at >= began && at < began + 600);
  expect(first.filter(({ who }) => who === "live").length).toBeGreaterThanOrEqual(20);
  // Sixty calls, of forty a second less what the bulk had before.
  expect(took).toBeLessThan(3_000);
  expect(most.bulk).toBeLessThanOrEqual(2);
});

test("who leaves does not wait for a limit and sends nothing more", async () => {
  const { line, sent } = openTool(1, 4);
  const leave = new AbortController();
  const lane = line.within({ leave: leave.signal });
  await lane.read(request("/bulk"), never);
  const waits = lane.write(request("/bulk"), never);
  await sleep(50);
  const left = performance.now();
  leave.abort();
  await expect(waits).rejects.toThrow(RetryLater);
  expect(performance.now() - left).toBeLessThan(200);
  expect(sent).toHaveLength(1);
});

test("who leaves does not wait for a turn that others have", async () => {
  const { line, sent } = openTool(1000, 2);
  const leave = new AbortController();
  const live = many(line, "/live", 40);
  const waits = line.within({ leave: leave.signal }).write(request("/bulk"), never);
  await sleep(30);
  const left = performance.now();
  leave.abort();
  await expect(waits).rejects.toThrow(RetryLater);
  expect(performance.now() - left).toBeLessThan(100);
  await live;
  await expect(line.within({ leave: leave.signal }).read(request("/bulk"), never)).rejects.toThrow(RetryLater); // prettier-ignore
  expect(sent.map(({ who }) => who)).not.toContain("bulk");
});

test("what has left is answered, also for who leaves", async () => {
  const { line } = openTool(1000, 2);
  const leave = new AbortController();
  const written = line.within({ leave: leave.signal }).write(request("/bulk"), never);
  await sleep(10);
  leave.abort();
  await expect(written).resolves.toMatchObject({ ok: true });
});

test("who is to leave, as it turns out while it is asked whose the work is, sends nothing", async () => {
  const { line, sent } = openTool(1000, 2);
  const leave = new AbortController();
  let asked = 0;
  const sure = () => (asked++ === 0 ? sleep(20).then(() => leave.abort()) : null);
  const bulk = line.holding({ sure }).within({ leave: leave.signal });
  await expect(bulk.write(request("/bulk"), never)).rejects.toThrow(RetryLater);
  expect([asked, sent.length]).toEqual([2, 0]);
});

test("it stops at half of what a day allows, and the others go on", async () => {
  const { line } = openTool(1000, 4, "500/1000");
  await line.read(request("/live"), never);
  await expect(line.within({ leave: never }).read(request("/bulk"), never)).rejects.toThrow(
    "Small: half of the allowance for today is used up",
  );
  await expect(line.read(request("/live"), never)).resolves.toMatchObject({ ok: true });
});

test("nothing leaves for whom another has taken the work from, also while it waited its turn", async () => {
  const { line, sent } = openTool(1, 4);
  let ours = true;
  const grip = {
    sure: () => (ours ? null : Promise.reject(new Fenced("another worker has it"))),
  };
  const held = line.holding(grip).within({ leave: never });
  await held.write(request("/bulk"), never);
  const waits = held.write(request("/bulk"), never);
  await sleep(50);
  ours = false;
  await expect(waits).rejects.toThrow(Fenced);
  await expect(line.holding(grip).write(request("/live"), never)).rejects.toThrow(Fenced);
  expect(sent).toHaveLength(1);
  await line.read(request("/live"), never);
  expect(sent).toHaveLength(2);
});
