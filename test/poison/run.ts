import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeadLetter } from "#domain/dead-letter.ts";
import type { EntityName } from "#domain/entities/index.ts";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Run } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { changes } from "../engine/performing.ts";
import { connectionTo, openWorld, silent } from "../connectors/world.ts";
import type { WithStore } from "../support/with-store.ts";
import { openFeed, pagesOf, poisonManifest } from "./feed.ts";
import { watchBlocking } from "./blocking.ts";
import { plainPlan } from "../support/plain-plan.ts";

/** With the bytes the tool sent. */
export type Letter = DeadLetter & { raw: Buffer };

export type Outcome = {
  run: Run;
  written: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  twice: readonly string[];
  letters: ReadonlyMap<string, Letter>;
  /** The longest the process had no time for anybody else, in milliseconds of its own. */
  blockedMs: number;
};

/** Time as it is: a worker's signs of life must not come without end. */
const clock = { now: () => Temporal.Now.instant(), elapsed: () => performance.now(), sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }) }; // prettier-ignore

const planOf = (entity: EntityName): FlowPlan => ({
  name: flowName(`${entity}-poison`),
  from: { connection: connectionName("from"), object: entity },
  to: { connection: connectionName("to"), object: entity },
  ...plainPlan,
});

/** Takes these records through the whole of it: connector, engine, connector, store. */
export const bringThrough = (
  withStore: WithStore,
  entity: EntityName,
  records: readonly Buffer[],
  pageSize = 100,
): Promise<Outcome> =>
  withStore(async (store) => {
    await using feed = await openFeed({ [entity]: pagesOf(records, pageSize) });
    await using world = await openWorld({ token: "a-key-of-a-test" }, [poisonManifest()]);
    const from = { ...connectionTo("poison", feed.url), name: connectionName("from") };
    const to = { ...from, name: connectionName("to") };
    const plan = planOf(entity);
    await store.registry.save({ connections: [from, to], flows: [plan] });

    const openFlow = (flow: Flow) =>
      Promise.resolve({
        source: world.tools.source(from, entity),
        target: world.tools.target(to, entity, { connection: from.name, flow: flow.name, content: null }), // prettier-ignore
        entity: { from: entity, to: entity },
        back: null,
      });
    const engine = makeEngine({
      ...store,
      openFlow,
      hold: () => Promise.reject(new Error("nothing is to be held")),
      clock,
      chance: { fraction: () => 0.5, id: () => randomUUID() },
      hash: (text) => createHash("sha256").update(text).digest("base64url"),
      log: silent,
      closing: new AbortController().signal,
    });
    const blocking = watchBlocking();
    const asked = { flow: plan.name, trigger: { kind: "person", by: "U1" } as const, work: changes as never, channel: null }; // prettier-ignore
    const { run } = await store.runs.queue(asked, clock.now());
    const { again } = await engine.perform(run.id);
    const blockedMs = blocking.end();
    if (again !== null) throw new Error(`the run waits: ${JSON.stringify(await store.runs.get(run.id))}`); // prettier-ignore
    const done = await store.runs.get(run.id);
    if (done === undefined) throw new Error("the run is gone");
    const letters = new Map<string, Letter>();
    for (const letter of await store.letters.list({ limit: 1_000_000 })) {
      const raw = Buffer.from((await store.letters.raw(letter.id)) ?? []);
      letters.set(letter.key, { ...letter, raw });
    }
    return { run: done, written: feed.written, twice: feed.twice, letters, blockedMs };
  });
