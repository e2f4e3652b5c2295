import type { RunId } from "#domain/ids.ts";
import { isOver } from "#domain/run.ts";
import type { HeldRun } from "#domain/ports/hold.ts";
import type { Ports } from "#engine/ports.ts";
import type { SeededChance } from "../../support/memory/chance.ts";
import { type FakeClock, makeFakeClock } from "../../support/memory/clock.ts";
import { memoryConflicts } from "../../support/memory/conflicts.ts";
import { memoryEvents } from "../../support/memory/events.ts";
import { memoryHints } from "../../support/memory/hints.ts";
import { memoryIncidents } from "../../support/memory/incidents.ts";
import { memoryLedger } from "../../support/memory/ledger.ts";
import { memoryLetters } from "../../support/memory/letters.ts";
import { makeMemory, type Memory } from "../../support/memory/memory.ts";
import { memoryOutbox } from "../../support/memory/outbox.ts";
import { memoryReferences } from "../../support/memory/references.ts";
import { memoryRegistry } from "../../support/memory/registry.ts";
import { memoryRuns } from "../../support/memory/runs.ts";
import { type Coverage, noted } from "./faults/matrix.ts";
import { makeOutside, type Outside, type Place } from "./outside/outside.ts";
import { makeSignIn } from "./outside/sign-in.ts";
import { makeTool } from "./outside/tool.ts";
import { type Plan, type ToolName, toolNames } from "./plan.ts";
import { type Edits, remove, touch } from "./people/records.ts";
import { makeAllowance } from "./store/allowance.ts";
import { makeHub } from "./store/hub.ts";
import { type Jobs, makeJobs } from "./store/jobs.ts";
import { makeVaults } from "./store/vault.ts";
import type { NetWeather } from "./workers/egress.ts";
import type { StoreWeather } from "./workers/gate.ts";
import { makeStaff, type Staff } from "./workers/staff.ts";

/** Something broken on purpose, where the parts of a life are put together. */
export type Bug = {
  name: string;
  about: string;
  /** A worker's ports as its engine gets them. */
  ports?: (ports: Ports, world: World) => Ports;
  /** The world before anybody works in it. */
  plant?: (world: World) => void;
};

export type World = {
  plan: Plan;
  bug: Bug | null;
  clock: FakeClock;
  chance: SeededChance;
  coverage: Coverage;
  /** What happens, line by line; the same seed makes the same lines. */
  trace: (line: string) => void;
  /** Whether anybody reads those lines. */
  traced: boolean;
  /** What does not hold, as it is found. */
  wrong: string[];
  weather: { net: NetWeather; store: StoreWeather };
  memory: Memory;
  store: Store;
  outside: Outside;
  staff: Staff;
  /** How many writes the tools were asked for. */
  readonly written: number;
  edits: Edits;
  /** When what was told last had happened. */
  lastTold: Temporal.Instant | null;
  /** Fields of records about which people have decided: `k1 phone`. */
  decided: Set<string>;
  /** Where records are added, changed and removed by people. */
  crm: Place;
  books: Place;
  shop: Place;
  /** The books of each run as they were when it ended. */
  over: Map<RunId, string>;
  /** A worker has brought a run as far as it goes. */
  ended(run: RunId): void;
};

type Store = ReturnType<typeof makeStore>;

function makeStore(
  clock: FakeClock,
  memory: Memory,
  coverage: Coverage,
  sight: Parameters<typeof makeVaults>[2],
  plan: Plan,
) {
  // prettier-ignore
  const held: HeldRun[] = [];
  const jobs: Jobs = makeJobs(clock);
  const told = plan.flows.flatMap(({ trigger }) => trigger.kind === "published" ? trigger.event : []); // prettier-ignore
  const events = memoryEvents(told);
  return {
    jobs,
    held,
    hold: (run: HeldRun): Promise<void> => Promise.resolve(void held.push(run)),
    vaults: makeVaults(clock, coverage, sight),
    allowance: makeAllowance(clock),
    hints: memoryHints(),
    hub: makeHub(clock, "customer", plan.ownership),
    events,
    ledger: memoryLedger(memory, events),
    references: memoryReferences(memory),
    conflicts: memoryConflicts(memory),
    runs: memoryRuns(memory),
    letters: memoryLetters(memory),
    incidents: memoryIncidents(memory),
    registry: memoryRegistry(memory),
    outbox: memoryOutbox(memory),
  };
}

const placeAt = (name: ToolName, plan: Plan, clock: FakeClock): Place => ({
  tool: makeTool(name, plan[name], () => clock.ms() + plan.skew[name]),
  signIn: makeSignIn(name),
});

/** Everything in memory, with time that passes by itself: the same chance, the same life. */
export function makeWorld(
  plan: Plan,
  chance: SeededChance,
  coverage: Coverage,
  bug: Bug | null,
  trace: ((line: string) => void) | null,
  slow: SeededChance,
): World {
  // prettier-ignore
  const clock = makeFakeClock();
  const begun = clock.ms();
  const memory = makeMemory(clock);
  const wrong: string[] = [];
  const sight = {
    isUp: (id: number) => world.staff.isUp(id),
    asleepSince: (id: number) => world.staff.asleepSince(id),
  };
  const store = makeStore(clock, memory, coverage, sight, plan);
  const [crm, books, shop] = toolNames.map((name) => placeAt(name, plan, clock)) as [
    Place,
    Place,
    Place,
  ];
  const places = { crm, books, shop };
  for (const [name, { signIn }] of Object.entries(places)) store.vaults.put(name, signIn.again());
  for (const flow of plan.flows) memory.flows.set(flow.name, flow);
  const outside = makeOutside({
    places,
    coverage,
    now: () => clock.ms(),
    wrong,
    strict: () => plan.storeRate === 0 && !world.weather.store.wasReadOnly,
    touch: (place, object) => touch(world, place, object),
    remove: (place, object, id) => remove(world, place, object, id),
  });
  const world: World = {
    plan,
    bug,
    clock,
    chance,
    coverage,
    wrong,
    traced: trace !== null,
    trace: (line) => trace?.(`${String(clock.ms() - begun).padStart(9)} ${line}`),
    weather: {
      net: { rate: 0, slowness: { share: 0, chance: slow, underWay: 0 } },
      store: { rate: 0, readOnly: false, wasReadOnly: false },
    },
    memory,
    store,
    outside,
    edits: new Map(),
    lastTold: null,
    decided: new Set(),
    ...places,
    get written() {
      return outside.watch.written();
    },
    get staff() {
      return staff;
    },
    over: new Map(),
    ended: (id) => {
      const run = memory.runs.get(id);
      const state = run?.state;
      if (run !== undefined && isOver(run.state) && !world.over.has(id)) world.over.set(id, JSON.stringify(run.counts)); // prettier-ignore
      if (state?.kind === "failed" && state.reason.includes("back and forth"))
        noted(coverage, "D14.pingpong");
    },
  };
  const staff = makeStaff(world);
  return world;
}
