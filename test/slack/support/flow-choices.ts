import type { FlowChoices, FlowEnd } from "#operations/contract.ts";
import type { Target } from "#slack/views/flow-form/begin.ts";
import { hubspot, quickbooks } from "../../operations/support/tools.ts";

const endsOf = (connection: string, { title, objects, daily }: typeof hubspot): FlowEnd[] =>
  objects.map((object) => ({ end: `${connection}/${object.name}`, connection, title, object, daily })); // prettier-ignore

/** Two connections: `crm` and `books`. */
export const choices: FlowChoices = {
  ends: [...endsOf("crm", hubspot), ...endsOf("books", quickbooks)],
  conversions: [],
  names: ["customers-to-books"],
  brings: [],
  published: [],
  zone: "Europe/Paris",
  channel: "#integrations",
};

/** As many connections, each with every object. */
export const manyEnds = (count: number): readonly FlowEnd[] =>
  Array.from({ length: count }, (_, n) => endsOf(`c${n}`, quickbooks)).flat();

export function end(name: string): FlowEnd {
  const found = choices.ends.find((one) => one.end === name);
  if (found === undefined) throw new Error(`no end ${name}`);
  return found;
}

export const target = (name: string): Target => ({
  ...{ ...end(name), conversion: null, value: name, label: name },
});
