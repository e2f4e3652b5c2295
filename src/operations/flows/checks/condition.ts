import { conditionFaults } from "../../conditions/judge.ts";
import { errors, type Check } from "./check.ts";
import { given } from "./fields.ts";

/** A condition is on a field that the source's records have, and asks what can be asked of it. */
export const condition: Check = ({ plan, between: { origin } }) =>
  errors(
    Object.entries(plan.where).flatMap(([name, asked]) => {
      const absent = given(name, origin);
      if (absent !== null) return [{ path: ["where", name], message: absent, atKey: true }];
      const field = origin.entity.fields[name];
      return (field === undefined ? [] : conditionFaults(name, asked, field)).map(
        ({ path, message }) => ({ path: ["where", name, ...path], message }),
      );
    }),
  );
