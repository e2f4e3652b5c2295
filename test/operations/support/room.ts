import { createHash } from "node:crypto";
import type { Actor } from "#domain/actor.ts";
import { connectionName, deadLetterId, flowName, type FlowName } from "#domain/ids.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { fingerprint } from "#domain/cause.ts";
import type { Foreseen, Sampled } from "#domain/ports/engine.ts";
import type { Problem } from "#domain/problem.ts";
import type { Fields } from "#domain/fields.ts";
import { makePreviews } from "#operations/flows/previews.ts";
import { makePerform } from "#operations/gate.ts";
import type { World } from "#operations/world.ts";
import { makeFakeClock } from "../../support/memory/clock.ts";
import { memoryConflicts } from "../../support/memory/conflicts.ts";
import { memoryDeliveries } from "../../support/memory/deliveries.ts";
import { memoryEvents } from "../../support/memory/events.ts";
import { memoryFailures } from "../../support/memory/failures.ts";
import { memoryHooks, memorySubscriptions } from "../../support/memory/hooks.ts";
import { memoryIncidents } from "../../support/memory/incidents.ts";
import { memoryLedger } from "../../support/memory/ledger.ts";
import { memoryLetters } from "../../support/memory/letters.ts";
import { makeMemory } from "../../support/memory/memory.ts";
import { memoryOwnerships } from "../../support/memory/ownerships.ts";
import { memoryOutbox } from "../../support/memory/outbox.ts";
import { memoryRegistry } from "../../support/memory/registry.ts";
import { memoryRuns } from "../../support/memory/runs.ts";
import { memoryWatches } from "../../support/memory/watches.ts";
import { loadReadyMade } from "../../../src/ready-made.ts";
import { memoryApprovals } from "./approvals.ts";
import { memoryConnectorVersions } from "./connector-versions.ts";
import * as ports from "./ports.ts";
import { twoTools } from "./tools.ts";
import { plainPlan } from "../../support/plain-plan.ts";

/** What comes with the installation, as it is. */
const readyMade = await loadReadyMade([new URL("../../../manifests", import.meta.url).pathname]);

export const team = "T0HARBOUR";
export const slack = (user: string): Actor => ({ kind: "slack", team, user });
export const admin = slack("U0ADMIN");
export const operator = slack("U0OPERATOR");
export const viewer = slack("U0VIEWER");
export const terminal: Actor = { kind: "terminal", user: "ada" };

const toBooks: FlowPlan = {
  name: flowName("customers-to-books"),
  from: { connection: connectionName("crm"), object: "contacts" },
  to: { connection: connectionName("books"), object: "customers" },
  ...plainPlan,
  match: ["email"],
  guard: { changes: 0.25, deletes: 5 },
  trigger: { kind: "cron", cron: "*/15 * * * *", zone: "Europe/Paris" },
};

/** The operations over ports in memory: two connections, one flow, one admin and one operator. */
export async function makeRoom() {
  const clock = makeFakeClock();
  const memory = makeMemory(clock);
  const people = ports.memoryPeople();
  const members = new Map<string, Set<string>>();
  const audit = ports.memoryAudit();
  const queue = ports.memoryQueue();
  const safe = ports.memorySafe();
  const invitations = ports.memoryInvitations();
  const signIns = ports.memorySignIns(invitations.close);
  const apps = ports.memoryApps();
  const tools = twoTools();
  const subscriptions = memorySubscriptions();
  const events = memoryEvents();
  const deliveries = memoryDeliveries();
  const variables = new Set(["CRM_TOKEN", "BOOKS_TOKEN"]);
  const foreseen: Foreseen[][] = [];
  const sampled: Sampled[] = [];
  const world: World = {
    registry: memoryRegistry(memory),
    runs: memoryRuns(memory),
    letters: memoryLetters(memory),
    conflicts: memoryConflicts(memory),
    hooks: memoryHooks(),
    ownerships: memoryOwnerships(),
    subscriptions,
    incidents: memoryIncidents(memory),
    failures: memoryFailures(memory),
    events,
    deliveries,
    outbox: memoryOutbox(memory),
    people,
    groups: ports.memoryGroups(members),
    audit,
    approvals: memoryApprovals(),
    connectorVersions: memoryConnectorVersions(memory),
    watches: memoryWatches(),
    hash: (text) => createHash("sha256").update(text).digest("base64url"),
    queue,
    safe,
    invitations,
    signIns,
    apps,
    settings: ports.memorySettings(),
    figures: ports.fixedFigures([]),
    tools,
    engine: {
      async *preview() {
        yield* foreseen;
      },
      sample: async () => sampled,
    },
    ledger: memoryLedger(memory),
    readyMade,
    previews: makePreviews(),
    clock,
    given: (source) => Promise.resolve(source.kind === "env" && variables.has(source.name)),
    about: {
      version: "0.1.0",
      upSince: clock.now(),
      publicUrl: () => "https://tieline.example",
      teamId: () => team,
      usualBaseUrl: () => null,
      usualValues: () => null,
      loopback: true,
      admins: ["U0ADMIN"],
      database: () => Promise.resolve({ kind: "embedded", ok: true, detail: "" }),
      slack: () => ({ mode: "sandbox", connected: true }),
    },
  };
  await world.registry.save({
    connections: [
      {
        name: connectionName("crm"),
        connector: "hubspot",
        baseUrl: null,
        settings: {},
        credential: { token: { kind: "env", name: "CRM_TOKEN" } },
        owner: null,
        events: [],
      },
      {
        name: connectionName("books"),
        connector: "quickbooks",
        baseUrl: null,
        settings: { realm: "123" },
        credential: { token: { kind: "env", name: "BOOKS_TOKEN" } },
        owner: null,
        events: [],
      },
    ],
    flows: [toBooks],
  });
  await people.grant({ subject: { kind: "user", id: "U0OPERATOR" }, role: "operator" });

  /** A dead letter of the flow, with its incident. */
  async function letter(
    problem: Partial<Problem>,
    fields: Fields = {},
    flow: FlowName = toBooks.name,
  ) {
    const id = deadLetterId(memory.nextId("letter"));
    const at = clock.now();
    const whole: Problem = {
      class: "rejected",
      field: null,
      code: null,
      message: "No",
      ...problem,
    };
    memory.letters.set(id, {
      id,
      flow,
      key: `c-${id.slice(-3)}`,
      incident: null,
      state: { kind: "open" },
      problem: whole,
      way: "there",
      direction: "write",
      fields: { name: "Ada Lovelace", email: "ada@example.com", ...fields },
      edited: null,
      hash: "h",
      attempts: 1,
      firstSeen: at,
      lastSeen: at,
      run: null,
      flowVersion: null,
      history: [],
      version: 1,
      raw: new Uint8Array(),
      fingerprint: fingerprint(flow, toBooks.to, "write", whole),
    });
    await world.incidents.settle(flow, "Tieline", at);
    const incident = memory.letters.get(id)?.incident ?? "";
    return { id: id as string, incident: incident as string };
  }

  return {
    world,
    perform: makePerform(world),
    clock,
    memory,
    people,
    members,
    audit,
    queue,
    safe,
    signIns,
    apps,
    subscriptions,
    events,
    deliveries,
    tools,
    variables,
    foreseen,
    sampled,
    letter,
    flow: toBooks,
    /** The message of what a call throws. */
    async refusal(asked: Promise<unknown>): Promise<string> {
      return asked.then(
        () => "nothing was refused",
        (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : "?"),
      );
    },
  };
}
export type Room = Awaited<ReturnType<typeof makeRoom>>;
