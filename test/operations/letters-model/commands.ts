import fc from "fast-check";
import { expect } from "vitest";
import { as, correct, discard, retry } from "./clicks.ts";
import { click, command, type Command } from "./command.ts";
import { keys } from "./keys.ts";
import type { Desk } from "./desk.ts";
import { adoptBulk, type Midway } from "./bulk.ts";
import { both, kinds, open } from "./both.ts";
import { after, ann, bob, foundOut, isOpen, letterOf, named, synced, tried, wrote, type Model, type RunExpected } from "./model.ts"; // prettier-ignore

const fresh = (model: Model, good: boolean): string => `${good ? "good" : "bad"} ${String((model.count += 1))}`; // prettier-ignore

const change = (pick: number, good: boolean): Command =>
  command(`change ${String(pick)} ${good ? "well" : "badly"}`, async (model, { write }) => {
    // Of those that are refused rather than of the others.
    const key = keys[pick % 30] ?? "";
    const notes = fresh(model, good);
    write(key, notes);
    model.source.set(key, notes);
    model.changed.add(key);
    await Promise.resolve();
  });

const remove = (pick: number): Command =>
  command(`remove ${String(pick)}`, async (model, { source }) => {
    const key = keys[pick % 30] ?? "";
    source.remove(key);
    model.source.set(key, null);
    model.changed.delete(key);
    await Promise.resolve();
  });

const sync = (by: string, full: boolean, now: boolean): Command =>
  command(`${by} syncs${full ? " all" : ""}${now ? " now" : ""}`, async (model, desk) => {
    const asked = { flow: desk.flow.name, full };
    const { fresh, run } = await desk.perform("runs.start", asked, as(by));
    const waits = model.runs.some(({ work, state }) => work.kind === "sync" && state !== "over");
    expect(fresh).toBe(!waits);
    if (fresh) model.runs.push({ id: run.id, by, state: "waiting", work: { kind: "sync", full } });
    const { jobs } = desk.queue;
    // Taken up before all others that wait.
    if (now) jobs.unshift(...jobs.splice(-1));
    if (now) await workOn(model, desk, { midway: "nothing", reads: 1 });
  });

const look = (by: string, pick: number): Command =>
  command(`${by} opens ${String(pick)}`, (model, desk) =>
    open(model, desk, by, named(model, pick)),
  );

const correctIt = (by: string, good: boolean): Command =>
  command(`${by} corrects ${good ? "well" : "badly"}`, async (model, desk) => {
    await click(model, desk, correct(by, fresh(model, good), ""));
  });

/** Opens it and corrects it, as people do who are not disturbed. */
const edit = (by: string, pick: number, good: boolean): Command =>
  command(`${by} corrects ${String(pick)} ${good ? "well" : "badly"}`, async (model, desk) => {
    const letter = named(model, pick);
    await open(model, desk, by, letter);
    await click(model, desk, correct(by, fresh(model, good), letter));
  });

const discardIt = (by: string, pick: number): Command =>
  command(`${by} discards ${String(pick)}`, (model, desk) =>
    click(model, desk, discard(by, named(model, pick))),
  );
const retryIt = (by: string, pick: number): Command =>
  command(`${by} retries ${String(pick)}`, (model, desk) =>
    click(model, desk, retry(by, named(model, pick))),
  );

const retryAll = (by: string): Command =>
  command(`${by} retries all`, (model, desk) => beginAll(model, desk, by));

/**
 * What happens to a record whose retry, of many, was cancelled while the tool was at it: nobody knows yet what became
 * of it.
 */
const leaveUnderWay = (by: string, done: boolean, reads: number, then: Then): Command =>
  command(`${by} retries all, cancelled with some ${done ? "done" : "not done yet"}, then ${then.what} ${String(then.pick)}`, async (model, desk) => {
    await beginAll(model, desk, by);
    const bulk = model.runs.find(({ work, state }) => work.kind === "bulk" && state === "waiting");
    const { jobs } = desk.queue;
    const at = jobs.findIndex((job) => job.kind === "run" && job.run === bulk?.id);
    if (bulk === undefined || at < 0) return;
    jobs.unshift(...jobs.splice(at, 1));
    await workOn(model, desk, { midway: done ? "cancel after it is done" : "cancel before it is done", reads }); // prettier-ignore
    const { key = "" } = model.pending[then.pick % model.pending.length] ?? {};
    const [letter] = [...model.letters].find(([, one]) => one.key === key && isOpen(one)) ?? [];
    if (letter === undefined || then.what === "nothing") return;
    desk.clock.pass(1_000);
    if (then.what === "discard") return click(model, desk, discard(by, letter));
    await open(model, desk, by, letter);
    await click(model, desk, correct(by, fresh(model, then.what === "correct well"), letter));
  }); // prettier-ignore

type Then = { what: "nothing" | "discard" | "correct well" | "correct badly"; pick: number };

async function beginAll(model: Model, desk: Desk, by: string): Promise<void> {
  const names = [...model.letters].filter(([, letter]) => isOpen(letter)).map(([name]) => name);
  const bulk = model.runs.find(({ work, state }) => work.kind === "bulk" && state !== "over");
  const { run, taken, busy } = await desk.perform("letters.retry", { flow: desk.flow.name }, as(by)); // prettier-ignore
  if (names.length > 20 && bulk !== undefined) {
    expect([run, busy]).toEqual([null, [{ id: bulk.id, by: bulk.by }]]);
    return;
  }
  if (names.length === 0) return expect(run).toBe(null);
  if (names.length > 20)
    model.runs.push({ id: run?.id ?? "", by, state: "waiting", work: { kind: "bulk", inHand: [] } }); // prettier-ignore
  else {
    expect(taken).toBe(names.length);
    for (const name of names) model.letters.set(name, after(letterOf(model, name), by, { state: "retrying" })); // prettier-ignore
    model.runs.push({ id: run?.id ?? "", by, state: "waiting", work: { kind: "retry", letters: names } }); // prettier-ignore
  }
}

const cancel = (by: string): Command =>
  command(`${by} cancels all`, async (model, { perform, flow }) => {
    const waiting = model.runs.filter(({ state }) => state !== "over");
    const asked = perform("runs.cancel", { flow: flow.name }, as(by));
    if (waiting.length === 0) return expect(asked).rejects.toThrow("Nothing is running or waiting");
    await asked;
    for (const run of waiting) {
      run.state = "over";
      for (const name of inHandOf(run)) {
        const letter = letterOf(model, name);
        if (letter.state === "retrying") model.letters.set(name, after(letter, by, { state: "open" })); // prettier-ignore
      }
    }
  });

/** What nobody else may try. */
const inHandOf = ({ work }: RunExpected): readonly string[] =>
  work.kind === "retry" ? work.letters : work.kind === "bulk" ? work.inHand : [];

const goOn = (by: string): Command =>
  command(`${by} goes on`, async (model, { perform }) => {
    const bulk = model.runs.find(({ state }) => state === "paused");
    if (bulk === undefined) return;
    await perform("runs.go-on", { run: bulk.id }, as(by));
    bulk.state = "waiting";
  });

const pause = (by: string): Command =>
  command(`${by} pauses`, async (model, { perform }) => {
    const bulk = model.runs.find(({ work, state }) => work.kind === "bulk" && state === "waiting");
    if (bulk === undefined) return;
    await perform("runs.pause", { run: bulk.id }, as(by));
    bulk.state = "paused";
  });

/** `midway`: what somebody does to a retry of many while it goes. */
const work = (midway: Midway["midway"], reads: number): Command =>
  command(`work, ${midway} after ${String(reads)}`, (model, desk) =>
    workOn(model, desk, { midway, reads }),
  );

async function workOn(model: Model, desk: Desk, about: Midway): Promise<void> {
  const job = desk.queue.jobs.find(({ kind }) => kind === "run");
  const run = model.runs.find(({ id }) => job?.kind === "run" && id === job.run);
  if (run?.state === "waiting" && run.work.kind === "bulk") return adoptBulk(model, desk, run, about); // prettier-ignore
  await desk.work();
  if (run?.state !== "waiting") return;
  run.state = "over";
  foundOut(model, run.by);
  perform(model, run);
}

function perform(model: Model, { work, by }: RunExpected): void {
  if (work.kind === "sync") {
    for (const key of work.full ? keys : model.changed) synced(model, key, by);
    model.changed.clear();
  } else if (work.kind === "retry") {
    for (const name of work.letters) {
      const letter = letterOf(model, name);
      if (letter.state !== "retrying") continue;
      const now = tried(model, letter, by);
      model.letters.set(name, now.letter);
      if (now.wrote !== null)
        wrote(model, letter.key, now.wrote, model.source.get(letter.key) ?? "");
    }
  }
}

const mend = (strict: boolean): Command =>
  command(
    strict ? "the tool becomes strict" : "the tool takes anything",
    async (model, { tool }) => {
      tool.strict = model.strict = strict;
      await Promise.resolve();
    },
  );

/** The answer to the next write is lost, before the tool has done it or after. */
const lose = (fault: "lost before" | "lost after"): Command =>
  command(`the next answer is ${fault}`, async ({ repeat }, { target }) => {
    target.fault = ({ writes }) => {
      // A change that cannot be seen is made once more, whether it was made or not.
      if (repeat === "lookup" && writes.some(({ kind }) => kind === "update")) return "none";
      target.fault = () => "none";
      return fault;
    };
    await Promise.resolve();
  });

const people = fc.constantFrom(ann, bob);
/** A few again and again, and now and then another. */
const pick = fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(200) });

const afterwards = fc.record({
  what: fc.constantFrom("nothing", "discard", "correct well", "correct well", "correct badly"),
  pick: fc.nat(9),
});

/** All that may happen, in whatever order. */
export const commands = [
  fc.tuple(pick, fc.constantFrom("well", "badly", "badly", "not")).map(([n, how]) => how === "not" ? remove(n) : change(n, how === "well")), // prettier-ignore
  fc.tuple(people, fc.boolean(), fc.boolean()).map(([by, full, now]) => sync(by, full, now)),
  fc.tuple(people, pick).map(([by, n]) => look(by, n)),
  fc.tuple(people, fc.boolean()).map(([by, good]) => correctIt(by, good)),
  fc.tuple(people, pick, fc.boolean()).map(([by, n, good]) => edit(by, n, good)),
  fc.tuple(people, pick).map(([by, n]) => discardIt(by, n)),
  fc.tuple(people, pick).map(([by, n]) => retryIt(by, n)),
  people.map(retryAll),
  people.map(cancel),
  people.map(pause),
  people.map(goOn),
  fc.tuple(fc.constantFrom("nothing", "nothing", "pause", "cancel"), fc.integer({ min: 1, max: 3 })).map(([midway, reads]) => work(midway, reads)), // prettier-ignore
  ...[true, false].map((done) => fc.tuple(people, fc.integer({ min: 1, max: 3 }), afterwards).map(([by, reads, then]) => leaveUnderWay(by, done, reads, then))), // prettier-ignore
  fc.tuple(fc.constantFrom("nothing"), fc.constant(1)).map(([midway, reads]) => work(midway, reads)), // prettier-ignore
  fc.boolean().map(mend),
  fc.constantFrom("lost before", "lost after").map(lose),
  fc.tuple(pick, fc.constantFrom(...kinds), fc.constantFrom(...kinds)).map(([n, one, other]) => both(n, one, other)), // prettier-ignore
] as const;
