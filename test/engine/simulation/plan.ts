import type { Conversion } from "#domain/conversion.ts";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { truthRules, type TruthRule } from "#domain/truth.ts";
import type { SeededChance } from "../../support/memory/chance.ts";
import { keyOf, type ObjectName } from "./outside/manifest.ts";
import { behind, canSlip, drawShape, type Shape } from "./outside/shape.ts";
import { plainPlan } from "../../support/plain-plan.ts";

/** What goes where: each kind of life has flows of its own. */
export const topologies = [
  "one_way",
  "two_way",
  "hub",
  "references",
  "conversion",
  "files",
] as const;
export type Topology = (typeof topologies)[number];

/** All that is decided before a life begins. */
export type Plan = {
  topology: Topology;
  crm: Shape;
  books: Shape;
  flows: readonly Flow[];
  conversion: Conversion | null;
  workers: number;
  /** Milliseconds by which each tool's clock is not ours. */
  skew: { crm: number; books: number };
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

/** `aside` decides what came to the simulation later, so that the lives of seeds that were kept stay as they were. */
export function drawPlan(chance: SeededChance, aside: SeededChance): Plan {
  const topology = chance.pick(["one_way", "one_way", "one_way", "two_way", "two_way", "two_way", "hub", "references", "conversion", "files"]); // prettier-ignore
  const crm = drawShape(chance);
  const books = drawShape(chance);
  const twoWay = topology === "two_way";
  // Where nothing can be told of a write that was lost, no two sides can be kept in step.
  const able = (shape: Shape): Shape => (twoWay && shape.repeat === "nothing" ? { ...shape, repeat: "lookup" } : shape); // prettier-ignore
  const late = (shape: Shape): Shape => (aside.happens(0.15) ? behind(shape) : shape);
  const shapes = { crm: late(able(crm)), books: late(able(books)) };
  const many = topology === "one_way" && chance.happens(0.05);
  return {
    topology,
    ...shapes,
    flows: flowsOf(topology, shapes.books, chance),
    conversion: topology === "conversion" ? kickoff : null,
    workers: 2 + chance.whole(3),
    skew: { crm: drawSkew(chance), books: drawSkew(chance) },
    form: chance.pick(["as_given", "as_given", "as_given", "cut", "trim"]),
    unique: twoWay ? "no" : chance.pick(["no", "no", "told", "untold"]),
    many,
    pingPong: twoWay && chance.happens(0.08),
    fullAtEnd: needsFull(shapes.crm) || (twoWay && needsFull(shapes.books)) || chance.happens(0.3),
    rate: chance.pick([0, 0.03, 0.1, 0.3]),
    storeRate: chance.pick([0, 0, 0, 0.004, 0.02]),
  };
}

/** Only a read of everything finds what slipped from one page to another, or was deleted in silence. */
const needsFull = (shape: Shape): boolean => canSlip(shape) || shape.deletes === "sweep";

const drawSkew = (chance: SeededChance): number => chance.pick([0, 0, 0, 600_000, -600_000]);

function flowsOf(topology: Topology, books: Shape, chance: SeededChance): Flow[] {
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
      return [plan("people", crm, there, { match: ["email"], guard: null, twoWay: { default: chance.pick(["ask", rule]), fields: { notes: rule } } })]; // prettier-ignore
    }
    case "hub":
      return [
        plan("people", crm, end("hub", "customer"), { match: ["email"] }),
        plan("golden", end("hub", "customer"), there, { trigger: { kind: "event" } }),
      ];
    case "references":
      return [
        plan("people", crm, there, {}),
        plan("deals", end("crm", "deals"), end("books", "deals"), { guard: null }),
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
