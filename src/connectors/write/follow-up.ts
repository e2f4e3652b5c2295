import type { Json } from "#domain/json.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import type { Variables } from "../manifest/template.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import type { Classify, Verdict } from "../request/classify.ts";
import type { Line } from "../request/line.ts";
import { throwSystemic } from "../request/systemic.ts";
import type { After, CallPlan } from "./compile-write.ts";
import { missingReference, outcomeOf } from "./outcome.ts";

type Written = { write: Write; variables: Variables };
type Parts = {
  title: string;
  plan: ObjectPlan;
  line: Line;
  classify: Classify;
  clock: Clock;
  shared: Variables;
};

/** A record that was accepted and has the field: where it stands, and what templates may use of it. */
type Task = { at: number; write: Write; variables: Variables };

/**
 * What has to be asked for beside the write itself, such as a place on a list: for the records that
 * were accepted and have such a field, in as few requests as may be. A refusal there is the record's,
 * which is told by the same id when it is tried again.
 */
export async function followUp(
  parts: Parts,
  { after }: CallPlan,
  items: readonly Written[],
  outcomes: readonly WriteOutcome[],
  signal: AbortSignal,
): Promise<readonly WriteOutcome[]> {
  const followed = [...outcomes];
  for (const each of after) {
    const tasks = items.flatMap((item, at) => taskOf(each, item, at, followed[at]));
    for (let from = 0; from < tasks.length; from += each.batch)
      await carryOut(each, tasks.slice(from, from + each.batch));
  }
  return followed;

  /** A batch in which something is refused is asked for one by one: asking twice does no harm. */
  async function carryOut(each: After, tasks: readonly Task[]): Promise<void> {
    const verdict = await ask(parts, each, tasks, signal);
    const [only, ...others] = tasks;
    if (verdict === null || only === undefined) return;
    if (others.length > 0) for (const task of tasks) await carryOut(each, [task]);
    else followed[only.at] = refusedBeside(parts, each, only.write, verdict);
  }
}

function taskOf(
  { field, wanted }: After,
  { write, variables }: Written,
  at: number,
  outcome: WriteOutcome | undefined,
): Task[] {
  if (outcome?.kind !== "accepted" || write.kind === "archive") return [];
  const value = write.fields[field];
  if (value === undefined || !wanted(value)) return [];
  return [{ at, write, variables: { ...variables, id: outcome.id, value: value as Json } }];
}

/** Null where all of it was done. */
async function ask(
  { title, line, classify, clock, shared }: Parts,
  { prepare, batch, item, refusal, isNew }: After,
  tasks: readonly Task[],
  signal: AbortSignal,
): Promise<Verdict | null> {
  const items = tasks.map(({ variables }) => item(variables));
  const own = batch === 1 ? tasks[0]?.variables : undefined;
  const reply = await line.write(prepare({ ...shared, ...own, items }), signal);
  // That it is there already is what was asked for, unless it is another one that is there.
  if (!reply.ok) return reply.verdict.is === "exists" && !isNew ? null : reply.verdict;
  const refused = refusal(reply.answer.body);
  if (refused === null) return null;
  const verdict = classify.verdict(
    { status: null, headers: {}, body: refused, text: "" },
    clock.now(),
  );
  throwSystemic(title, verdict);
  return verdict;
}

/** The record itself was just written, so what is missing is what it refers to. */
function refusedBeside(
  { plan }: Parts,
  { field }: After,
  write: Write,
  verdict: Verdict,
): WriteOutcome {
  const refused =
    verdict.is === "missing"
      ? missingReference(verdict, plan.fields)
      : outcomeOf(verdict, plan.fields, write);
  return refused.kind === "rejected"
    ? { ...refused, problem: { ...refused.problem, field: refused.problem.field ?? field } }
    : refused;
}
