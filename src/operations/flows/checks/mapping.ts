import { errors, type Check } from "./check.ts";
import { faultsAt, given, held, valueProblem } from "./fields.ts";

/** What is filled can be held by the target, from what the source has or with what the field takes. */
export const mapping: Check = ({ plan, between }) =>
  errors([
    ...Object.entries(plan.map).flatMap(([target, source]) => [
      ...faultsAt(["map", target], held(target, between), null),
      ...faultsAt(["map", target], null, given(source, between)),
    ]),
    ...Object.entries(plan.set).flatMap(([name, value]) =>
      faultsAt(["set", name], held(name, between), valueProblem(name, value, between)),
    ),
  ]);
