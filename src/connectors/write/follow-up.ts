import type { Json } from "#domain/json.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import type { Variables } from "../manifest/template.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import type { Line } from "../request/line.ts";
import type { CallPlan } from "./compile-write.ts";
import { outcomeOf } from "./outcome.ts";

type Written = { write: Write; variables: Variables };

/**
 * What has to be asked for beside the write itself, such as a place on a list: for each record that was
 * accepted, one request for each such field it has. A refusal there is the record's, which is told by
 * the same id when it is tried again.
 */
export async function followUp(
  { plan, line }: { plan: ObjectPlan; line: Line },
  { after }: CallPlan,
  items: readonly Written[],
  outcomes: readonly WriteOutcome[],
  signal: AbortSignal,
): Promise<readonly WriteOutcome[]> {
  const followed: WriteOutcome[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const item = items[index];
    followed.push(
      item === undefined || outcome.kind !== "accepted" ? outcome : await follow(item, outcome),
    );
  }
  return followed;

  async function follow(
    { write, variables }: Written,
    outcome: Extract<WriteOutcome, { kind: "accepted" }>,
  ): Promise<WriteOutcome> {
    if (write.kind === "archive") return outcome;
    for (const { field, prepare, wanted, isNew } of after) {
      const value = write.fields[field];
      if (value === undefined || !wanted(value)) continue;
      const request = prepare({ ...variables, id: outcome.id, value: value as Json });
      const reply = await line.write(request, signal);
      // That it is there already is what was asked for, as a rule.
      if (!reply.ok && (reply.verdict.is !== "exists" || isNew)) {
        const refused = outcomeOf(reply.verdict, plan.fields, write);
        return refused.kind === "rejected"
          ? { ...refused, problem: { ...refused.problem, field: refused.problem.field ?? field } }
          : refused;
      }
    }
    return outcome;
  }
}
