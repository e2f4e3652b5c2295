import { errors, type Check } from "./check.ts";
import { faultsAt, given, valueProblem } from "./fields.ts";

/** A condition is on a field that the source's records have, and a value which that takes. */
export const condition: Check = ({ plan, between }) =>
  errors(
    Object.entries(plan.where).flatMap(([name, value]) =>
      faultsAt(
        ["where", name],
        given(name, between.origin),
        valueProblem(name, value, between.origin),
      ),
    ),
  );
