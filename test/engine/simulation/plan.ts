import type { Conversion } from "#domain/conversion.ts";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { truthRules, type TruthRule } from "#domain/truth.ts";
import type { SeededChance } from "../../support/memory/chance.ts";
import { keyOf, type ObjectName } from "./outside/manifest.ts";
import type { Ownership } from "#domain/ownership.ts";
import { behind, canSlip, drawShape, type Shape } from "./outside/shape.ts";
import { plainPlan } from "../../support/plain-plan.ts";

/** What goes where: each kind of life has flows of its own. */
export const topologies = [
  "one_way",
  "two_way",
  "hub",
  "spokes",
  "references",
  "conversion",
  "files",
] as const;
export type Topology = (typeof topologies)[number];

export const toolNames = ["crm", "books", "shop"] as const;
export type ToolName = (typeof toolNames)[number];

/** Those that some flow reads or writes. */
export function toolsIn({ flows }: Pick<Plan, "flows">): readonly ToolName[] {
  const names = new Set<string>(flows.flatMap(({ from, to }) => [from.connection, to.connection]));
  return toolNames.filter((name) => names.has(name));
}

/** All that is decided before a life begins. */
export type Plan = {
  topology: Topology;
  crm: Shape;
  books: Shape;
  /** Takes part in a hub of several tools alone. */
  shop: Shape;
  /** Whose value a golden record has. */
  ownership: Ownership;
  flows: readonly Flow[];
  conversion: Conversion | null;
  workers: number;
  /** Milliseconds by which each tool's clock is not ours. */
  skew: Readonly<Record<ToolName, number>>;
  /** A target that keeps its own form of what it gets. */
  form: "as_given" | "cut" | "trim";
  unique: "no" | "told" | "untold";
  /** So many records that a target which refuses all of them is noticed. */
  many: boolean;
  pingPong: boolean;
  /** Whether everything is read once more at the end: nothing may need that but where lists slip. */
  fullAtEnd: boolean;
  rate: number;
  storeRate: number;
  /** The share of creates over which a tool that can only be searched takes its time. */
  slow: number;
  /** For how long a worker that falls asleep does so at least. */
  sleepMs: number;
  /** The share of customers without an e-mail: nobody can look for those. */
  nameless: number;
};

const end = (connection: string, object: string) => ({ connection: connectionName(connection), object }); // prettier-ignore

const kickoff: Conversion = {
  name: "kickoff",
  title: "A deal's tasks",
  from: "deal",
  to: "task",
  once: false,
  follows: false,
  records: {
    first: { title: { kind: "field", field: "title" }, notes: { kind: "field", field: "notes" } },
    kickoff: {
      title: { kind: "text", parts: [{ field: "title" }, " kickoff"] },
      notes: { kind: "field", field: "notes" },
    },
  },
};

/**
 * `aside` and `beside` decide what came to the simulation later, so that the lives of seeds that were kept stay
 * as they were.
 */
export function drawPlan(chance: SeededChance, aside: SeededChance, beside: SeededChance): Plan {
  const first: Topology = chance.pick(["one_way", "one_way", "one_way", "two_way", "two_way", "two_way", "hub", "references", "conversion", "files"]); // prettier-ignore
  const crm = drawShape(chance);
  const books = drawShape(chance);
  const topology = beside.happens(0.14) ? "spokes" : first;
  const twoWay = isMutual(topology);
  // Where nothing can be told of a write that was lost, no two sides can be kept in step.
  const able = (shape: Shape): Shape => (twoWay && shape.repeat === "nothing" ? { ...shape, repeat: "lookup" } : shape); // prettier-ignore
  const late = (shape: Shape): Shape => (aside.happens(0.15) ? behind(shape) : shape);
  const shop = able(drawShape(beside));
  const pingPong = topology === "two_way" && beside.happens(0.12);
  // Who is told of each change at once is soon told of what it did itself.
  const told = (shape: Shape): Shape => (pingPong ? { ...shape, told: true } : shape);
  const shapes = { crm: told(late(able(crm))), books: told(late(able(books))), shop };
  const many = topology === "one_way" && chance.happens(0.05);
  return {
    topology,
    ...shapes,
    ownership: drawOwnership(beside),
    flows:
      topology === "spokes"
        ? spokesOf(beside)
        : flowsOf(topology, { books: shapes.books, pingPong }, chance),
    conversion: topology === "conversion" ? kickoff : null,
    workers: 2 + chance.whole(3),
    skew: { crm: drawSkew(chance), books: drawSkew(chance), shop: drawSkew(beside) },
    form: chance.pick(["as_given", "as_given", "as_given", "cut", "trim"]),
    unique: twoWay ? "no" : chance.pick(["no", "told", "told", "untold"]),
    many,
    pingPong,
    fullAtEnd: needsFull(topology, shapes) || chance.happens(0.3),
    rate: chance.pick([0, 0.03, 0.1, 0.3]),
    storeRate: chance.pick([0, 0, 0, 0.004, 0.02]),
    slow: beside.happens(0.4) ? 0.15 : 0,
    sleepMs: beside.happens(0.5) ? 65_000 : 5_000,
    nameless: drawNameless(topology, shapes.books, beside),
  };
}

/** Upserts would take all who have no e-mail for one. */
function drawNameless(topology: Topology, { repeat }: Shape, chance: SeededChance): number {
  const may = topology === "one_way" && (repeat === "lookup" || repeat === "request_id");
  return may && chance.happens(0.3) ? 0.3 : 0;
}

/** Whether what is changed on one side comes to the others, whichever it is. */
export const isMutual = (topology: Topology): boolean =>
  topology === "two_way" || topology === "spokes";

/** Only a read of everything finds what slipped from one page to another, or was deleted in silence. */
function needsFull(topology: Topology, { crm, books, shop }: Pick<Plan, ToolName>): boolean {
  const needs = (shape: Shape): boolean => canSlip(shape) || shape.deletes === "sweep";
  if (needs(crm)) return true;
  return isMutual(topology) && (needs(books) || (topology === "spokes" && needs(shop)));
}

const drawSkew = (chance: SeededChance): number => chance.pick([0, 0, 0, 600_000, -600_000]);

function flowsOf(
  topology: Exclude<Topology, "spokes">,
  { books, pingPong }: { books: Shape; pingPong: boolean },
  chance: SeededChance,
): Flow[] {
  const plan = (
    name: string,
    from: Flow["from"],
    to: Flow["from"],
    more: Partial<FlowPlan>,
  ): Flow => ({
    // prettier-ignore
    name: flowName(name),
    from,
    to,
    ...plainPlan,
    match: matchOf(to.object as ObjectName | "customer", books, chance),
    deletes: chance.pick(["ignore", "archive"]),
    guard: chance.happens(0.15) ? { changes: 0.25, deletes: 1 } : null,
    trigger: chance.happens(0.5) ? { kind: "event" } : { kind: "manual" },
    state: { kind: "on" },
    version: 1,
    ...more,
  });
  const [crm, there] = [end("crm", "customers"), end("books", "customers")];
  switch (topology) {
    case "one_way":
      return [plan("people", crm, there, {})];
    case "two_way": {
      const rules = truthRules.filter((rule): rule is TruthRule => rule !== "union");
      const rule = chance.pick(["ask", ...rules]);
      return [plan("people", crm, there, { match: ["email"], guard: null, ...(pingPong && { trigger: { kind: "event" } }), twoWay: { default: chance.pick(["ask", rule]), fields: { notes: rule } } })]; // prettier-ignore
    }
    case "hub":
      return [
        plan("people", crm, end("hub", "customer"), { match: ["email"] }),
        plan("golden", end("hub", "customer"), there, { trigger: { kind: "event" } }),
      ];
    case "references":
      return [
        plan("people", crm, there, {}),
        plan("deals", end("crm", "deals"), end("books", "deals"), {
          guard: null,
          ...(chance.happens(0.4) && { trigger: { kind: "published", event: "customer.created", where: {} } }), // prettier-ignore
        }),
      ];
    case "conversion":
      return [plan("tasks", end("crm", "deals"), end("books", "tasks"), { convert: "kickoff" })];
    case "files":
      return [plan("files", end("crm", "files"), end("books", "files"), { match: ["path"] })];
    default:
      return topology satisfies never;
  }
}

/** A tool that cannot tell what it has is never looked into; others sometimes are not. */
function matchOf(object: ObjectName | "customer", books: Shape, chance: SeededChance): string[] {
  if (object === "customer") return ["email"];
  const blind =
    books.repeat === "nothing" || (books.repeat === "request_id" && chance.happens(0.3));
  return blind ? [] : [keyOf[object]];
}

const orders: readonly [readonly string[], ...(readonly string[])[]] = [
  ["crm", "books"],
  ["shop"],
  ["books", "shop", "crm"],
];
const ruleKinds = ["newest", "newest", "filled", "order"] as const;

function drawOwnership(chance: SeededChance): Ownership {
  const kind = chance.pick(ruleKinds);
  const connections = chance.pick(orders);
  const rule = kind === "order" ? { kind, connections } : { kind };
  return chance.happens(0.7)
    ? { default: { kind: "newest" }, fields: { notes: rule } }
    : { default: rule, fields: {} };
}

/** Two or three tools around the hub, each by a flow there and one back, or by one that goes both ways. */
function spokesOf(chance: SeededChance): Flow[] {
  const names = chance.happens(0.6) ? toolNames : (["crm", "books"] as const);
  const deletes = chance.pick(["ignore", "archive"]);
  return names.flatMap((name) => {
    const [tool, hub] = [end(name, "customers"), end("hub", "customer")];
    const flow = (more: Partial<FlowPlan>): Flow => ({
      name: flowName(`${name}-in`),
      from: tool,
      to: hub,
      ...plainPlan,
      match: ["email"],
      deletes,
      trigger: chance.happens(0.6) ? { kind: "event" } : { kind: "manual" },
      state: { kind: "on" },
      version: 1,
      ...more,
    });
    if (chance.happens(0.3)) return [flow({ name: flowName(`${name}-both`), twoWay: { default: chance.pick(["newest", "source", "target", "ask"]), fields: {} } })]; // prettier-ignore
    return [flow({}), flow({ name: flowName(`${name}-out`), from: hub, to: tool })];
  });
}
