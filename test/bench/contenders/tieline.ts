import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "#domain/connection.ts";
import { usualGuard, type FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Counts } from "#domain/run.ts";
import { readConfig } from "../../../src/config.ts";
import { keepHeapSmall } from "../../../src/heap.ts";
import { makeLog } from "../../../src/log.ts";
import { measured, peakMemory } from "../measure.ts";
import { answerParent } from "../messages.ts";
import { profiled } from "../profile.ts";
import { plainPlan } from "../../support/plain-plan.ts";

/** Tieline itself, all of it but Slack and the web: flows and runs as people make them. */

const [source = "", destination = "", database = "", databasePid = "0"] = process.argv.slice(2);
keepHeapSmall();
const folder = mkdtempSync(join(tmpdir(), "tieline-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const config = readConfig({
  TIELINE_DIR: folder,
  TIELINE_MANIFESTS: new URL("../connectors", import.meta.url).pathname,
  TIELINE_ALLOW: "loopback",
  BENCH_KEY: "a key of the bench",
  ...(database === "" ? {} : { DATABASE_URL: database }),
});
// As main.ts does: what is read at the start is kept small too.
const { openCore } = await import("../../../src/core.ts");
const core = await openCore(
  config,
  makeLog("warn", null, () => []),
);
const others = databasePid === "0" ? [] : [Number(databasePid)];
const system = { kind: "system" } as const;

const connection = (name: string, connector: string, baseUrl: string): Connection => ({
  name: connectionName(name),
  connector,
  baseUrl,
  settings: { country: "US" },
  credential: { token: { kind: "env", name: "BENCH_KEY" } },
  owner: null,
  events: [],
});

/** As a workspace file would make it, but for its match: the destination upserts and cannot be searched. */
const flow = (name: string): FlowPlan => ({
  name: flowName(name),
  from: { connection: connectionName("from"), object: "contacts" },
  to: { connection: connectionName("to"), object: "contacts" },
  ...plainPlan,
  guard: usualGuard,
  about: "What the bench moves",
});

const setup = (name: string): Promise<unknown> =>
  core.store.registry.save(
    {
      connections: [
        connection("from", "bench-source", source),
        connection("to", "bench-destination", destination),
      ],
      flows: [flow(name)],
    },
    { by: "Tieline", at: Temporal.Now.instant(), what: { [name]: "New" } },
  );

async function run({ flow, full }: { flow: string; full: boolean }): Promise<Counts> {
  await core.perform("runs.start", { flow, full }, system);
  const [queued] = await core.store.runs.unfinished();
  if (queued === undefined) throw new Error("no run was queued");
  await core.engine.perform(queued.id);
  const run = await core.store.runs.get(queued.id);
  if (run?.state.kind !== "done") throw new Error(`the run is ${JSON.stringify(run?.state)}`);
  return run.counts;
}

answerParent({
  flow: setup,
  run: ({ profile, ...about }: { flow: string; full: boolean; profile: string | null }) =>
    profile === null
      ? measured(others, () => run(about))
      : profiled(profile, () => measured(others, () => run(about))),
  peak: () => Promise.resolve(peakMemory()),
  async close() {
    await core[Symbol.asyncDispose]();
  },
});
