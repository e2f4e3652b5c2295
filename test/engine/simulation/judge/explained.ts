import type { Flow } from "#domain/flow.ts";
import type { StoredLetter } from "../../../support/memory/memory.ts";
import type { World } from "../world.ts";
import { recordsAt, referred, type Seen } from "./views.ts";

/** Whether what a dead letter says is true of its record now. */
export function isExplained(
  world: World,
  flow: Flow,
  record: Seen,
  { problem }: StoredLetter,
): boolean {
  // prettier-ignore
  const { fields } = record;
  switch (problem.class) {
    case "rejected":
      return problem.code === "6240" && isBad(fields[problem.field ?? ""]);
    case "invalid":
      return isUnreadable(problem.field, fields[problem.field ?? ""]);
    case "ambiguous_match":
    case "conflict":
      return hasTwin(world, flow, record);
    case "ambiguous_write":
      return world.plan.books.repeat === "nothing";
    case "missing_reference":
      return typeof fields["customer"] === "string" && referred(world, fields["customer"]) === null;
    case "too_large":
      return false;
    default:
      return problem.class satisfies never;
  }
}

const isBad = (value: unknown): boolean => String(value).startsWith("bad");
const isUnreadable = (field: string | null, value: unknown): boolean =>
  field === "currency"
    ? value !== "EUR" && value !== "USD"
    : field === "website" && Array.isArray(value);

/** Another record of either side has the same e-mail, or had it. */
function hasTwin(world: World, flow: Flow, { id, fields }: Seen): boolean {
  const { email } = fields;
  const others = recordsAt(world, flow.from).filter((other) => other.id !== id);
  const there = recordsAt(world, flow.to);
  const twins = [...others, ...there].filter((other) => other.fields["email"] === email);
  return email !== undefined && twins.length > 0;
}
