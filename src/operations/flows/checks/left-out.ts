import { fieldsOf } from "#domain/match.ts";
import { errors, type Check, type Subject } from "./check.ts";
import { faultsAt, held } from "./fields.ts";

/** A field that is left out is one that the flow would fill, and does not need. */
export const leftOut: Check = (subject) =>
  errors(
    subject.plan.leaveOut.flatMap((name, place) =>
      faultsAt(["leave_out", String(place)], problem(name, subject), null),
    ),
  );

function problem(name: string, { plan, between }: Subject): string | null {
  if (fieldsOf(plan.match).includes(name))
    return `records are matched by ${name}, so it cannot be left out`;
  return held(name, between);
}
