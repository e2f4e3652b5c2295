import type { Flow } from "#domain/flow.ts";
import type { StoredLetter } from "../../../support/memory/memory.ts";
import { isPoison } from "../people/poison.ts";
import type { World } from "../world.ts";
import { recordsAt, referred, type Seen } from "./views.ts";

/** Whether what a dead letter says is true of its record now. */
export function isExplained(
  world: World,
  flow: Flow,
  record: Seen,
  { problem, run }: StoredLetter,
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
      return hasTwin(world, flow, record, run);
    case "ambiguous_write":
      return isUnseen(world, record);
    case "missing_reference":
      return typeof fields["customer"] === "string" && referred(world, fields["customer"]) === null;
    case "too_large":
      return false;
    default:
      return problem.class satisfies never;
  }
}

export const isBad = (value: unknown): boolean => String(value).startsWith("bad");
const isUnreadable = (field: string | null, value: unknown): boolean =>
  isPoison(value) ||
  (field === "currency"
    ? value !== "EUR" && value !== "USD"
    : field === "website" && Array.isArray(value));

/** Nobody can look for anything there, or not for this one, which had no e-mail at some time. */
const isUnseen = ({ plan }: World, { fields, was }: Seen): boolean =>
  plan.books.repeat === "nothing" ||
  [fields, ...was.map((before) => before.fields)].some(({ email }) => email === undefined);

/**
 * Another record of either side has the same e-mail, or had it when the run began that found it so. Where it
 * has another one by now, a person who tries the dead letter again is done with it; nobody else is told.
 */
function hasTwin(
  world: World,
  flow: Flow,
  { id, fields }: Seen,
  run: StoredLetter["run"],
): boolean {
  const { email } = fields;
  const began = run === null ? undefined : world.memory.runs.get(run)?.startedAt?.epochMilliseconds;
  const others = recordsAt(world, flow.from).filter((other) => other.id !== id);
  const there = recordsAt(world, flow.to);
  const had = ({ fields, was }: Seen): boolean =>
    fields["email"] === email ||
    was.some((before) => before.untilMs >= (began ?? Infinity) && before.fields["email"] === email);
  return email !== undefined && [...others, ...there].some(had);
}
