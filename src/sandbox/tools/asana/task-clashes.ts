import type { Given } from "./endpoint.ts";
import { wrongField } from "./errors.ts";
import type { Task } from "./model.ts";

type Rule = { broken: boolean; field: string; what: string };

/** Refuses what cannot be set at once, or not without another. */
export function refuseClashes(given: Given, before: Task | null): void {
  const has = (name: string) => name in given;
  const both = (one: string, other: string) => isSet(given, one) && isSet(given, other);
  const start = dayOf(given, "start_on", "start_at") ?? "";
  const due = dayOf(given, "due_on", "due_at") ?? before?.due_on ?? "";
  const rules: Rule[] = [
    {
      broken: both("due_on", "due_at"),
      field: "due_at",
      what: "Cannot be set together with due_on",
    },
    {
      broken: both("start_on", "start_at"),
      field: "start_at",
      what: "Cannot be set together with start_on",
    },
    {
      broken: has("notes") && has("html_notes"),
      field: "html_notes",
      what: "Cannot be set together with notes",
    },
    {
      broken: has("start_at") && !has("due_at"),
      field: "start_at",
      what: "due_at must be present in the request",
    },
    {
      broken: has("start_on") && !has("due_on") && !has("due_at"),
      field: "start_on",
      what: "due_on or due_at must be present in the request",
    },
    {
      broken: start !== "" && due !== "" && start > due,
      field: "start_on",
      what: "The start date must be on or before the due date",
    },
  ];
  const broken = rules.find((rule) => rule.broken);
  if (broken !== undefined) throw wrongField(broken.field, broken.what);
}

const isSet = (given: Given, name: string): boolean =>
  given[name] !== undefined && given[name] !== null;

const dayOf = (given: Given, ...names: string[]): string | undefined => {
  const name = names.find((each) => isSet(given, each));
  return name === undefined ? undefined : String(given[name]).slice(0, 10);
};
