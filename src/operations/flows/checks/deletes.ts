import { errors, type Check } from "./check.ts";

/** The target can do what the flow does with records that are gone. */
export const deletes: Check = ({ plan, between: { to } }) =>
  plan.deletes === "archive" && !to.object.archives
    ? errors([
        {
          path: ["deletes"],
          message: `${to.title} ${to.object.name} cannot be archived; use ignore to leave records where they are`,
        },
      ])
    : [];
