import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "#domain/connection.ts";
import { type FlowPlan, usualGuard } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { readConfig } from "../../../src/config.ts";
import { makeLog } from "../../../src/log.ts";
import { serve } from "../../../src/serve.ts";
import { planFrom } from "../../support/plain-plan.ts";
import { measured, peakMemory } from "../measure.ts";
import { answerParent } from "../messages.ts";
import { profiled } from "../profile.ts";

/** The whole program as people start it: Slack, the web, the queue and its work in one process. */

export type ConnectionSetup = {
  name: string;
  connector: string;
  baseUrl: string | null;
  /** What its tool signs its messages with, where it has an address. */
  secret: string | null;
};
export type FlowSetup = { name: string; from: string; to: string; event: boolean };
/** Milliseconds for which nothing else could be done. */
export type Lags = { p99: number; most: number };

const [databasePid = "0"] = process.argv.slice(2);
const others = databasePid === "0" ? [] : [Number(databasePid)];
const served = await serve(
  readConfig(),
  makeLog("warn", null, () => []),
);
const { core } = served;
const { registry, safe, hooks, runs, inbox } = core.store;
const system = { kind: "system" } as const;
const lags = monitorEventLoopDelay({ resolution: 5 });

const connectionOf = ({ name, connector, baseUrl }: ConnectionSetup): Connection => ({
  name: connectionName(name),
  connector,
  baseUrl,
  settings: { country: "US" },
  credential:
    connector === "webhook"
      ? { secret: { kind: "kept" } }
      : { token: { kind: "env", name: "BENCH_KEY" } },
  owner: null,
  events: [],
});

/** `from` and `to`: `connection/object`. */
const flowOf = ({ name, from, to, event }: FlowSetup): FlowPlan =>
  planFrom(name, from, to, {
    ...(event && { trigger: { kind: "event" } }),
    guard: event ? null : usualGuard,
    about: "What the bench moves",
  });

async function addressOf({ name, connector, secret }: ConnectionSetup): Promise<string | null> {
  if (secret === null) return null;
  const now = Temporal.Now.instant();
  const token = await hooks.renew(connectionName(name), now);
  if (connector === "webhook")
    await safe.keep(connectionName(name), { secret: { secret }, expires: null });
  else {
    const address = await hooks.addressOf(connectionName(name));
    if (address !== undefined) await hooks.learn(address, secret, "be_further");
  }
  return `${served.url}/hooks/${token}`;
}

let measuring: (() => Promise<unknown>) | null = null;

answerParent({
  where: () => Promise.resolve(served.url),
  async setup({ connections, flows }: { connections: ConnectionSetup[]; flows: FlowSetup[] }) {
    await registry.save({ connections: connections.map(connectionOf), flows: flows.map(flowOf) });
    return Promise.all(connections.map(addressOf));
  },
  run: async (about: { flow: string; full: boolean }) => {
    await core.perform("runs.start", about, system);
  },
  /** A run to its end; what it did. */
  async whole(about: { flow: string; full: boolean }) {
    await core.perform("runs.start", about, system);
    while ((await runs.unfinished()).length > 0) await sleep(50);
    const [run] = await runs.list({ flow: flowName(about.flow), limit: 1 });
    if (run?.state.kind !== "done") throw new Error(`the run is ${JSON.stringify(run?.state)}`);
    return run.counts;
  },
  underWay: async () => (await runs.unfinished()).length,
  /** Of these connections, records of which something is kept. */
  async kept(connections: readonly string[]) {
    const counts = connections.map((name) =>
      inbox.count({ connection: connectionName(name), object: "customers" }, null),
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  },
  async begin(profile: string | null) {
    lags.reset();
    lags.enable();
    const over = Promise.withResolvers<void>();
    const work = () => measured(others, () => over.promise);
    const cost = profile === null ? work() : profiled(profile, work);
    measuring = async () => {
      over.resolve();
      return cost;
    };
  },
  async end() {
    lags.disable();
    const { cpu, othersCpu } = (await measuring?.()) as { cpu: number; othersCpu: number };
    return { cpu, othersCpu, p99: lags.percentile(99) / 1e6, most: lags.max / 1e6 };
  },
  peak: () => Promise.resolve(peakMemory()),
  async close() {
    await served[Symbol.asyncDispose]();
  },
});
