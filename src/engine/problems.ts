import { isBlank, type Fields } from "#domain/fields.ts";
import { endText, type End } from "#domain/flow.ts";
import { fieldsOf, wayText } from "#domain/match.ts";
import type { Candidate, Problem } from "#domain/problem.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { Entity } from "#domain/entities/entity.ts";

export const candidate = (entity: Entity, record: TargetRecord): Candidate => ({
  id: record.id,
  title: entity.title(record.fields) ?? record.id,
  ...aboutOf(record.fields),
});

/** What tells it from another one of the same name. */
function aboutOf(fields: Fields): Pick<Candidate, "about"> {
  const told = ["email", "phone", "domain", "company_name", "number", "address.city"];
  const about = told.flatMap((name) => (isBlank(fields[name]) ? [] : String(fields[name])));
  return about.length === 0 ? {} : { about: about.slice(0, 4).join(", ").slice(0, 200) };
}

export const severalMatch = (
  entity: Entity,
  ways: readonly string[],
  found: readonly TargetRecord[],
): Problem => ({
  class: "ambiguous_match",
  field: fieldOf(ways),
  code: "SEVERAL_MATCH",
  message: `${found.length} ${entity.many} have the same ${waysText(entity, ways)}; choose one`,
  candidates: found.map((record) => candidate(entity, record)),
});

/** Several records of one side match one of the other. */
export const twinsMatch = (
  entity: Entity,
  ways: readonly string[],
  found: readonly TargetRecord[],
): Problem => ({
  class: "ambiguous_match",
  field: fieldOf(ways),
  code: "TWINS_MATCH",
  message: `Another ${entity.one} beside this one has the same ${waysText(entity, ways)}; choose which of them belongs to the one over there`,
  candidates: found.map((record) => candidate(entity, record)),
});

export const linkedElsewhere = (
  entity: Entity,
  field: string | null,
  found: TargetRecord,
  key: string,
): Problem => ({
  class: "ambiguous_match",
  field,
  code: "ALREADY_LINKED",
  message: `The matching ${entity.one} is already linked to another record of the source ("${key}")`,
  candidates: [candidate(entity, found)],
});

export const changedMeanwhile = (id: string): Problem => ({
  class: "conflict",
  field: null,
  code: "CHANGED_MEANWHILE",
  message: "Somebody keeps changing this record at the target; try again in a moment",
  candidates: [{ id, title: id }],
});

export const goneAtTarget = (id: string): Problem => ({
  class: "conflict",
  field: null,
  code: "GONE_AT_TARGET",
  message: "This record is not at the target any more",
  candidates: [{ id, title: id }],
});

export const maybeWritten = (reason: string): Problem => ({
  class: "ambiguous_write",
  field: null,
  code: "MAYBE_WRITTEN",
  message: `It may have been written already, and the tool cannot tell: ${reason}`,
});

const waysText = (entity: Entity, ways: readonly string[]): string =>
  ways.map((way) => wayText(way, entity)).join(" or ");

/** The one field by which they were found, if it is one. */
export function fieldOf(ways: readonly string[]): string | null {
  const [field, ...others] = fieldsOf(ways);
  return others.length === 0 ? (field ?? null) : null;
}

export const chosenIsGone = (entity: Entity, id: string): Problem => ({
  class: "ambiguous_match",
  field: null,
  code: "CHOSEN_IS_GONE",
  message: `The chosen ${entity.one} is not at the target any more; choose another one`,
  candidates: [{ id, title: id }],
});

/** Our code for a record that waits for another one to arrive. */
export const waiting = "WAITS_FOR_REFERENCE";

/** Something this record refers to is not at the target yet, or is brought there by no flow. */
export const waitsFor = (
  field: string,
  id: string,
  { from, to }: { from: End; to: End },
  isBrought: boolean,
): Problem => ({
  class: "missing_reference",
  field,
  code: waiting,
  message: isBrought
    ? `This refers to ${id} of ${endText(from)}, which is not in ${endText(to)} yet; it is written by itself once that has arrived`
    : `This refers to ${id} of ${endText(from)}, and no flow brings those to ${endText(to)}`,
});

/** Nothing is wrong with it: a person has to say which side counts. */
export const changedOnBothSides = (fields: readonly string[]): Problem => ({
  class: "conflict",
  field: fields.length === 1 ? (fields[0] ?? null) : null,
  code: "BOTH_CHANGED",
  message: "Both sides have another value, and a person has to say which one counts",
});
