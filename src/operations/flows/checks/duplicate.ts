import { endText } from "#domain/flow.ts";
import { nearest } from "../../nearest.ts";
import { error, type Check } from "./check.ts";

/** Two flows with the same ends would write the same records twice. */
export const duplicate: Check = ({ plan, others }) => {
  const [from, to] = [endText(plan.from), endText(plan.to)];
  const twin = others.find((flow) => endText(flow.from) === from && endText(flow.to) === to);
  if (twin === undefined) return [];
  const similar = nearest(plan.name, [twin.name]) === null ? "" : " (a new name makes a new flow)";
  return error(`${twin.name} already brings ${from} to ${to}${similar}`);
};
