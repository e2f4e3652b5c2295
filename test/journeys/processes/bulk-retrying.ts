import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TargetRecord } from "#domain/record.ts";
import { makeEngine } from "#engine/engine.ts";
import { openDatabase } from "#store/database.ts";
import { sealing } from "#store/sealing.ts";
import { openStore } from "#store/store.ts";
import { flow, letter, page, plan, startRun } from "../../store/examples.ts";
import { memorySource } from "../../support/memory/source.ts";
import { memoryTarget } from "../../support/memory/target.ts";
import { person } from "../../support/memory/world.ts";

/**
 * A process that retries dead letters until it is done or killed, over a real store. What it writes goes
 * into a file, a line a record, which stands for the tool: it is there whatever becomes of the process.
 */
const [folder = "", url = "", count = "0"] = process.argv.slice(2);
const db = await openDatabase({ url: url === "" ? null : url, folder });
const secrets = { environment: () => undefined, folder };
const store = openStore(db, { sealing: sealing(new Uint8Array(32)), secrets });
const clock = {
  now: () => Temporal.Now.instant(),
  elapsed: () => performance.now(),
  sleep: (ms: number, signal: AbortSignal) =>
    sleep(ms, undefined, { signal }).then(() => undefined),
};
const key = (n: number): string => String(n).padStart(7, "0");
const total = Number(count);

const source = memorySource();
for (let n = 0; n < total; n += 1) source.put(key(n), person(`P${key(n)}`));
const target = memoryTarget(clock);
const tool = join(folder, "tool");
const there = new Map<string, TargetRecord>();
const hold = (email: string): TargetRecord => {
  const fields = person(email.slice(0, email.indexOf("@")));
  const record = { id: email, version: "1", fields: { ...fields, email }, changedAt: null };
  there.set(email, record);
  return record;
};
if (existsSync(tool)) readFileSync(tool, "utf8").trim().split("\n").forEach(hold);
target.repeat = "lookup";
target.batch = 50;
target.find = async (_field, wanted) => wanted.map((email) => [there.get(email) ?? []].flat());
target.send = async ({ writes }) => {
  const emails = writes.map((write) =>
    write.kind === "create" ? String(write.fields["email"]) : write.id,
  );
  const fresh = writes.flatMap(({ kind }, n) => (kind === "create" ? (emails[n] ?? []) : []));
  if (fresh.length > 0) appendFileSync(tool, fresh.map((email) => `${email}\n`).join(""));
  return {
    kind: "each",
    outcomes: emails.map((email) => ({ kind: "accepted", id: hold(email).id, version: "1" })),
  };
};

const ends = { source, target, entity: { from: "customer", to: "customer" } as const };
const engine = makeEngine({
  ...store,
  openFlow: () => Promise.resolve({ ...ends, back: null }),
  hold: () => Promise.resolve(),
  clock,
  chance: { fraction: Math.random, id: randomUUID },
  hash: (text) => createHash("sha256").update(text).digest("base64url"),
  log: { info() {}, warn: console.error, error: console.error },
  closing: new AbortController().signal,
});

const [left] = await store.runs.unfinished();
const run = left ?? (await begin());
const began = performance.now();
console.log("begun");
for (;;) {
  const { again } = await engine.perform(run.id);
  if (again === null) break;
  await sleep(200);
}
const seconds = (performance.now() - began) / 1000;
const counts = { ...(await store.runs.get(run.id))?.counts };
const open = await store.letters.count({ flow });
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`over ${JSON.stringify({ open, counts, seconds, memory })}`);
process.exit(0);

/** So many dead letters as a run before left them, and a retry of them all. */
async function begin() {
  await store.registry.addFlow(
    { ...plan, where: {}, map: {}, set: {} },
    { by: "U1", at: clock.now(), what: {} },
  );
  const taken = await startRun(store);
  for (let n = 0; n < total; n += 1000) {
    const letters = Array.from({ length: Math.min(1000, total - n) }, (_, m) => letter(key(n + m)));
    await store.ledger.commit(page(taken, { letters, at: clock.now() }));
  }
  await store.runs.turn(taken.run, taken.epoch, { kind: "done" }, clock.now());
  await store.incidents.settle(flow, "Tieline", clock.now());
  const asked = { flow, incident: null, by: "U1", as: null, total, channel: null };
  return (await store.runs.retryAll(asked, clock.now())).run;
}
