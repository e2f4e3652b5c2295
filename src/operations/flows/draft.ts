import type { FlowPlan } from "#domain/flow.ts";
import { knownNow, type Known } from "../workspace/known.ts";
import { judge, readFlow } from "../workspace/flows.ts";
import type { World } from "../world.ts";
import type { FlowProblem, FlowWords } from "./contract.ts";

export type Draft =
  | { kind: "wrong"; problems: readonly FlowProblem[] }
  | { kind: "good"; plan: FlowPlan; warnings: readonly string[] };

/** A flow as somebody wrote it, and all that the checks say to it. */
export async function draftOf(world: World, name: string, words: FlowWords): Promise<Draft> {
  return draftIn(await knownNow(world, [name]), name, words);
}

/** The same against what is known already. */
export function draftIn(known: Known, name: string, words: FlowWords): Draft {
  const read = readFlow(name, words, known);
  const problems = read.faults.map((fault) => problem(fault.path.slice(2), fault.message));
  if (read.between === null) return { kind: "wrong", problems };
  const findings = judge(read.plan, read.between, known.existing, known);
  const wrong = findings.filter(({ level }) => level === "error");
  problems.push(...wrong.map(({ path, message }) => problem(path, message)));
  if (problems.length > 0) return { kind: "wrong", problems };
  const warnings = findings.map(({ message }) => sentence(message));
  return { kind: "good", plan: read.plan, warnings };
}

const problem = ([field]: readonly PropertyKey[], message: string): FlowProblem => ({
  field: field === undefined ? null : String(field),
  message: sentence(message),
});

const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
